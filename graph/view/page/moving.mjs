// Moving the picture by hand. While it moves, what is drawn is shifted and scaled as it stands, which costs nothing
// however much it holds; when it rests, or would show its edge, it is drawn anew at the new place.

const REST = 160; // milliseconds after the last turn of the wheel
const TAP = 4; // pixels that a finger may slip
const [LEAST, MOST] = [0.02, 4];
const STILL = { x: 0, y: 0, k: 1 };

/** The shift that leads from `done` to `all`, both of the form p → k·p + (x, y). */
export function remainder(all, done) {
  const k = all.k / done.k;
  return { k, x: all.x - k * done.x, y: all.y - k * done.y };
}

/** A shift followed by a scaling by `by` about a point, and a move of that point. */
export function about(shift, by, { x, y }, to = { x, y }) {
  return { k: shift.k * by, x: to.x - by * (x - shift.x), y: to.y - by * (y - shift.y) };
}

/** Let the pointer and the wheel move what `network` draws on `canvas` inside `frame`; `tap` gets a point beside all nodes. */
export function makeMovable(frame, canvas, network, tap) {
  const pointers = new Map();
  let shift = STILL;
  let drawing = null;
  let timer = 0;
  let slipped = 0;
  const point = (event) => {
    const { left, top } = frame.getBoundingClientRect();
    return { x: event.clientX - left - canvas.offsetLeft, y: event.clientY - top - canvas.offsetTop };
  };
  const drawnAt = ({ x, y }) => ({ x: (x - shift.x) / shift.k, y: (y - shift.y) / shift.k });
  const show = () => { canvas.style.transform = shift === STILL ? "" : `translate(${shift.x}px, ${shift.y}px) scale(${shift.k})`; };
  const covered = () => {
    const [left, top] = [canvas.offsetLeft + shift.x, canvas.offsetTop + shift.y];
    return left <= 0 && top <= 0 && left + canvas.clientWidth * shift.k >= frame.clientWidth && top + canvas.clientHeight * shift.k >= frame.clientHeight;
  };
  const settle = () => {
    clearTimeout(timer);
    if (drawing || shift === STILL) return;
    drawing = shift;
    const scale = network.getScale();
    const view = network.getViewPosition();
    const middle = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
    const old = drawnAt(middle);
    network.once("afterDrawing", () => {
      shift = shift === drawing ? STILL : remainder(shift, drawing);
      drawing = null;
      show();
      if (shift !== STILL && !pointers.size) timer = setTimeout(settle, REST);
    });
    network.moveTo({ scale: scale * shift.k, position: { x: view.x + (old.x - middle.x) / scale, y: view.y + (old.y - middle.y) / scale } });
  };
  const move = (next) => {
    const scale = network.getScale() * (next.k / (drawing || STILL).k);
    if (next.k !== shift.k && (scale < LEAST || scale > MOST)) return;
    shift = next;
    show();
    if (!covered()) settle();
  };
  const grip = () => {
    const all = [...pointers.values()];
    const mean = (axis) => all.reduce((sum, each) => sum + each[axis], 0) / all.length;
    const spread = all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 1;
    return { x: mean("x"), y: mean("y"), spread };
  };
  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const lines = event.deltaMode === 1 ? 16 : 1;
    move(about(shift, Math.exp(-Math.max(-160, Math.min(160, event.deltaY * lines)) * 0.0016), point(event)));
    clearTimeout(timer);
    timer = setTimeout(settle, REST);
  }, { capture: true, passive: false });
  frame.addEventListener("pointerdown", (event) => {
    if (event.button || (!pointers.size && network.getNodeAt(drawnAt(point(event))) !== undefined)) return;
    event.stopPropagation();
    frame.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, point(event));
    slipped = 0;
  }, { capture: true });
  frame.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    event.stopPropagation();
    const from = grip();
    pointers.set(event.pointerId, point(event));
    const to = grip();
    slipped += Math.abs(to.x - from.x) + Math.abs(to.y - from.y) + Math.abs(to.spread - from.spread);
    move(about(shift, to.spread / from.spread, from, to));
  }, { capture: true });
  const release = (event) => {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    event.stopPropagation();
    if (slipped > TAP) settle();
    else if (event.type === "pointerup") tap(drawnAt(point(event)));
  };
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, release, { capture: true });
}
