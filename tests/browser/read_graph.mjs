// Prints as JSON what graphology reads of a GraphML or GEXF file: node tests/browser/read_graph.mjs FILE
import {readFileSync} from 'node:fs';

import graphology from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';

const path = process.argv[2];
const {parse} = path.endsWith('.gexf') ? gexf : graphml;
const graph = parse(graphology.MultiDirectedGraph, readFileSync(path, 'utf8'), {addMissingNodes: false});
const edges = graph.mapEdges((key, attributes, source, target) => ({source, target, attributes}));
console.log(JSON.stringify({nodes: Object.fromEntries(graph.mapNodes((key, attributes) => [key, attributes])), edges}));
