"""How ``graph/extract/tagger/tagger.npz`` is made and measured: training, cross-validation, speed."""
