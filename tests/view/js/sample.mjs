// A model of three offices and four things, small enough to count by hand.
import { makeModel } from "../../../graph/view/page/model.mjs";

export function sample() {
  const rows = [[0, 0, 2023, 0], [1, 0, 2024, 1], [2, 0, 2024, 0], [0, 1, 2023, 0], [1, 1, 2023, 0], [2, 2, 2024, 0], [0, 3, null, 1]];
  const column = (k) => rows.map((row) => row[k]);
  return makeModel({
    base: "x/", scope: "", types: ["project", "place"], roles: ["pledger", "lead"], statuses: ["promised"], actions: ["", "推进"], rules: [""],
    documents: { document: ["a.txt"], title: ["标题"], place: [""], issued: [""], year: [2023] },
    offices: { id: ["o/a", "o/b", "o/c"], label: ["甲局", "乙局", "丙镇"], full: ["某区甲局", "某区乙局", "丙镇"], names: [[], ["乙办"], []], keys: ["jj jiaju", "yj yiju yb yiban", "bz bingzhen"] },
    things: { region: [], id: ["t/1", "t/2", "t/3", "t/4"], label: ["复兴之路", "银行", "长江路", "银杏园"], type: [0, 0, 1, 1], names: [["复兴路"], [], [], []], keys: ["fxzl fuxingzhilu fxl fuxinglu", "yh yinhang", "cjl changjianglu", "yxy yinxingyuan"] },
    sentences: { document: [0], text: ["推进=复兴之路，\"建\"设"], before: [""], after: [""] },
    links: { office: column(0), thing: column(1), year: column(2), role: column(3), status: rows.map(() => 0), sentence: rows.map(() => 0), from: rows.map(() => 0), to: rows.map(() => 2),
      start: rows.map((_, i) => i), end: rows.map((_, i) => i + 2), action: rows.map(() => 1), rule: rows.map(() => 0), score: rows.map(() => 1) },
    targets: { metric: [] },
  });
}
