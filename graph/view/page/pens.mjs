// Two pens with the same strokes: one draws on a canvas, the other writes SVG. What is drawn is said once.
import { svg } from "./dom.mjs";
import { shapePath } from "./marks.mjs";

export const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';
const HALO = 4;
const paths = new Map();
const widths = new Map();
let ruler = null;

/** A pen for a canvas; colours are named as in the style. */
export function canvasPen(ctx, colours) {
  return {
    stamp(shape, x, y, size, colour, hollow = shape === "ring") {
      if (!paths.has(shape)) paths.set(shape, new Path2D(shapePath(shape)));
      ctx.save();
      ctx.transform(size / 16, 0, 0, size / 16, x - size / 2, y - size / 2);
      ctx.fillStyle = colours[hollow ? "ground" : colour];
      ctx.fill(paths.get(shape));
      if (hollow) stroke(ctx, colours[colour], 3, paths.get(shape));
      ctx.restore();
    },
    pill(x, y, wide, high, colour, edge) {
      const [left, top, r] = [x - wide / 2, y - high / 2, high / 2];
      ctx.beginPath();
      ctx.arc(left + r, top + r, r, Math.PI / 2, Math.PI * 1.5);
      ctx.arc(left + wide - r, top + r, r, -Math.PI / 2, Math.PI / 2);
      ctx.closePath();
      ctx.fillStyle = colours[colour];
      ctx.fill();
      if (edge) stroke(ctx, colours[edge], 2);
    },
    circle(x, y, r, colour) {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      stroke(ctx, colours[colour], 2);
    },
    words(text, x, y, { size, weight = 400, colour = "ink", align = "center", halo = false, turn = 0 }) {
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(turn);
      ctx.font = `${weight} ${size}px ${FONT}`;
      ctx.textAlign = align;
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      if (halo) {
        ctx.lineWidth = HALO;
        ctx.strokeStyle = colours.ground;
        ctx.strokeText(text, 0, 0);
      }
      ctx.fillStyle = colours[colour];
      ctx.fillText(text, 0, 0);
      ctx.restore();
    },
  };
}

function stroke(ctx, colour, width, path) {
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  if (path) ctx.stroke(path);
  else ctx.stroke();
}

const ANCHORS = { left: "start", center: "middle", right: "end" };

/** A pen that adds SVG elements to `parts`. */
export function svgPen(parts, colours) {
  return {
    stamp(shape, x, y, size, colour, hollow = shape === "ring") {
      parts.push(svg("path", { d: shapePath(shape), transform: `translate(${round(x - size / 2)} ${round(y - size / 2)}) scale(${size / 16})`,
        fill: colours[hollow ? "ground" : colour], stroke: colours[colour], "stroke-width": hollow ? 3 : 0 }));
    },
    pill(x, y, wide, high, colour) {
      parts.push(svg("rect", { x: round(x - wide / 2), y: round(y - high / 2), width: round(wide), height: high, rx: high / 2, fill: colours[colour] }));
    },
    circle(x, y, r, colour) {
      parts.push(svg("circle", { cx: round(x), cy: round(y), r, fill: "none", stroke: colours[colour], "stroke-width": 2 }));
    },
    line(x1, y1, x2, y2, colour, width = 1, opacity = 1) {
      parts.push(svg("line", { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), stroke: colours[colour], "stroke-width": round(width), "stroke-opacity": round(opacity) }));
    },
    words(text, x, y, { size, weight = 400, colour = "ink", align = "center", halo = false, turn = 0 }) {
      const place = turn ? { transform: `translate(${round(x)} ${round(y)}) rotate(${round((turn * 180) / Math.PI)})` } : { x: round(x), y: round(y) };
      const edge = halo ? { stroke: colours.ground, "stroke-width": HALO, "stroke-linejoin": "round", "paint-order": "stroke" } : {};
      parts.push(svg("text", { ...place, dy: "0.36em", "font-size": size, "font-weight": weight, fill: colours[colour], "text-anchor": ANCHORS[align], ...edge }, text));
    },
  };
}

function round(number) {
  return Math.round(number * 100) / 100;
}

/** How wide words are in a font of the page, in pixels. */
export function measure(words, size, weight = 400) {
  const key = `${weight} ${size}px ${words}`;
  if (!widths.has(key)) {
    ruler = ruler || document.createElement("canvas").getContext("2d");
    ruler.font = `${weight} ${size}px ${FONT}`;
    widths.set(key, ruler.measureText(words).width);
  }
  return widths.get(key);
}

/** Cut a label to `limit` characters. */
export function cutLabel(label, limit) {
  const signs = [...label];
  return signs.length > limit ? `${signs.slice(0, limit - 1).join("")}…` : label;
}

const CLOSES = /^[\p{Pe}\p{Pf}\p{Po}]/u;
const OPENS = /^[\p{Ps}\p{Pi}]/u;
const words = Intl.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });

/** Break a label longer than `limit` characters into two lines of like length, between words if that moves the break by one sign, never before a closing mark; what is far too long is cut. */
export function breakLabel(label, limit = 10) {
  const cut = cutLabel(label, limit * 3);
  const signs = [...cut];
  if (signs.length <= limit) return [cut];
  const half = Math.ceil(signs.length / 2);
  const starts = words ? [...words.segment(cut)].map(({ index }) => [...cut.slice(0, index)].length) : [];
  const places = [half, half - 1, half + 1].filter((place) => !CLOSES.test(signs[place]) && !OPENS.test(signs[place - 1]));
  const at = places.find((place) => starts.includes(place)) || places[0] || half;
  return [signs.slice(0, at).join(""), signs.slice(at).join("")];
}
