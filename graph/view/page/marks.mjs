// Marks: a shape for every type of thing, a shape for every role, a fill for every year.
import { svg } from "./dom.mjs";

const POLYGONS = {
  triangle: [[8, 1.5], [15, 14], [1, 14]],
  diamond: [[8, 0.8], [15.2, 8], [8, 15.2], [0.8, 8]],
  hexagon: [[4.2, 1.4], [11.8, 1.4], [15.6, 8], [11.8, 14.6], [4.2, 14.6], [0.4, 8]],
  star: star(5, 7.8, 3.4),
};

function star(points, outer, inner) {
  return Array.from({ length: points * 2 }, (_, i) => {
    const turn = (Math.PI * i) / points - Math.PI / 2;
    const radius = i % 2 ? inner : outer;
    return [8 + radius * Math.cos(turn), 8.4 + radius * Math.sin(turn)];
  });
}

/** Return the path of a shape in a box of 16 by 16; a ring is a circle to be drawn without filling. */
export function shapePath(shape) {
  if (shape === "square") return "M2 2H14V14H2Z";
  if (shape in POLYGONS) return `M${POLYGONS[shape].map((p) => p.map((c) => Math.round(c * 100) / 100).join(" ")).join("L")}Z`;
  const r = shape === "ring" ? 5.6 : 6.6;
  return `M${8 - r} 8a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

/** The mark of a type: shape and colour (by class). */
export function typeMark(type, shape, size = 14) {
  const hollow = shape === "ring";
  return svg("svg", { viewBox: "0 0 16 16", width: size, height: size, class: `mark type-${type}${hollow ? " hollow" : ""}`, "aria-hidden": "true" },
    svg("path", { d: shapePath(shape) }));
}

export const ROLE_SHAPES = { pledger: "circle", lead: "star", responsible: "square", support: "triangle" };

/** How old a year is among the years of the ledger: 0 the newest (solid), 1 the one before (ring), 2 older (dashed). */
export function yearAge(years, year) {
  if (year === null || year === undefined) return 2;
  return Math.min(years.length - 1 - years.indexOf(year), 2);
}

/** The mark of a role in a year. */
export function roleMark(role, age, size = 16) {
  return svg("svg", { viewBox: "0 0 16 16", width: size, height: size, class: `mark role age-${age}`, "aria-hidden": "true" },
    svg("path", { d: shapePath(ROLE_SHAPES[role]) }));
}
