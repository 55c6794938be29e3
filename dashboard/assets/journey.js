// Distance–time diagram with a slider and playback. Text by textContent only.
// The name of SVG, taken from an element of it rather than spelt as an address.
const SPACE = new DOMParser().parseFromString("<svg></svg>", "text/html").querySelector("svg").namespaceURI;
const rooms = new WeakMap();

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const shape = (tag, attributes, text) => {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

const draw = (room, data) => {
  const width = Math.max(320, room.root.clientWidth || 900);
  const narrow = width < 560; // then the names stand in the picture, on their lines
  const height = narrow ? 260 : 320;
  const [left, right, top, bottom] = [narrow ? 46 : 190, 16, narrow ? 22 : 14, 26];
  const span = Math.max(1, data.end - data.start);
  const x = (at) => left + ((at - data.start) / span) * (width - left - right);
  const y = (km) => height - bottom - (km / Math.max(1, data.total)) * (height - top - bottom);
  const picture = room.picture;
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("height", height);
  picture.replaceChildren();

  const names = [];
  let lastLabel = Infinity;
  for (const station of data.stations) {
    const at = y(station.km);
    picture.append(shape("line", { class: "grid", x1: left, x2: width - right, y1: at, y2: at }));
    if (Math.abs(lastLabel - at) < 14) continue;
    lastLabel = at;
    const name = station.name.length > 22 ? `${station.name.slice(0, 21)}…` : station.name;
    names.push(narrow
      ? shape("text", { class: "station inside", x: left + 5, y: at - 7 }, name)
      : shape("text", { class: "station", x: left - 46, y: at + 4, "text-anchor": "end" }, name));
    picture.append(shape("text", { class: "km", x: left - 8, y: at + 4, "text-anchor": "end" }, station.text));
  }
  for (const [at, text] of data.days) {
    picture.append(shape("line", { class: "grid", x1: x(at), x2: x(at), y1: top, y2: height - bottom }));
    picture.append(shape("text", { class: "km", x: x(at), y: height - 8, "text-anchor": "middle" }, text));
  }
  // Stretches where the reports contradict each other are drawn apart.
  let run = [];
  const flush = () => {
    if (run.length > 1) {
      const upper = run.map(([at, , high]) => `${x(at)},${y(high)}`);
      const lower = run.map(([at, low]) => `${x(at)},${y(low)}`).reverse();
      const good = run[0][3];
      picture.append(shape("polygon", { class: good ? "band" : "band torn", points: [...upper, ...lower].join(" ") }));
      if (good) picture.append(shape("polyline", { class: "middle", points: run.map(([at, low, high]) => `${x(at)},${y((low + high) / 2)}`).join(" ") }));
    }
    run = [];
  };
  for (const corner of data.band) {
    if (run.length && run[0][3] !== corner[3]) {
      const last = run[run.length - 1];
      flush();
      run = [[last[0], last[1], last[2], corner[3]]];
    }
    run.push(corner);
  }
  flush();
  for (const report of data.reports) {
    const mark = shape("rect", {
      class: report.trusted ? "report" : "report doubted", x: x(report.from) - 2, y: y(report.km) - 4,
      width: Math.max(4, x(report.to) - x(report.from) + 4), height: 8, rx: 3,
    });
    mark.append(shape("title", {}, report.text));
    picture.append(mark);
  }
  picture.append(...names);
  room.cursor = shape("line", { class: "cursor", x1: 0, x2: 0, y1: top, y2: height - bottom });
  picture.append(room.cursor);
  room.x = x;
  room.slider.style.marginLeft = `${left - 8}px`;
  room.slider.style.width = `${width - left - right + 16}px`;
  point(room, data.moment);
};

const point = (room, at) => {
  room.cursor.setAttribute("x1", room.x(at));
  room.cursor.setAttribute("x2", room.x(at));
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let room = rooms.get(parentElement);
  if (!room) {
    const root = make("div", "journey");
    const picture = shape("svg", { role: "img", width: "100%" });
    const slider = make("input");
    slider.type = "range";
    const play = make("button", "play");
    play.type = "button";
    const line = make("div", "line");
    const text = make("p", "estimate");
    text.setAttribute("aria-live", "polite");
    line.append(play, text);
    root.append(picture, slider, line);
    parentElement.append(root);
    room = { root, picture, slider, play, text, playing: 0, held: false };
    rooms.set(parentElement, room);
    new ResizeObserver(() => room.data && draw(room, room.data)).observe(root);
  }
  room.data = data;
  room.root.classList.toggle("dark", Boolean(data.dark));
  room.picture.setAttribute("aria-label", data.label);
  Object.assign(room.slider, { min: data.start, max: data.end, step: Math.max(60, (data.end - data.start) / 400) });
  room.slider.setAttribute("aria-label", data.words.moment);
  room.slider.setAttribute("aria-valuetext", data.moment_text);
  if (!room.held) room.slider.value = data.moment;
  room.text.textContent = data.moment_text;
  const send = (at) => setTriggerValue("moved", at);
  let waiting = 0;
  room.slider.oninput = () => {
    room.held = true;
    point(room, Number(room.slider.value));
    clearTimeout(waiting);
    waiting = setTimeout(() => { room.held = false; send(Number(room.slider.value)); }, 120);
  };
  const stop = () => {
    clearInterval(room.playing);
    room.playing = 0;
    room.play.textContent = `▶ ${room.data.words.play}`;
  };
  room.play.textContent = room.playing ? `❚❚ ${data.words.stop}` : `▶ ${data.words.play}`;
  room.play.onclick = () => {
    if (room.playing) { stop(); return; }
    if (Number(room.slider.value) >= room.data.end - 1) room.slider.value = room.data.start;
    room.play.textContent = `❚❚ ${room.data.words.stop}`;
    room.playing = setInterval(() => {
      if (!room.root.isConnected) { stop(); return; }
      const next = Math.min(room.data.end, Number(room.slider.value) + (room.data.end - room.data.start) / 60);
      room.slider.value = next;
      point(room, next);
      send(next);
      if (next >= room.data.end) stop();
    }, 450);
  };
  draw(room, data);
  return () => { if (!room.root.isConnected) stop(); };
}
