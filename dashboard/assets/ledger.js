// A table of rows that can be chosen: claims, checks between claims, places, events. Text by textContent only.
const MARKS = { holds: "✓", holds_loosely: "≈", partly: "◐", fails: "✕", consistent: "=", unverifiable: "?", agree: "=", contradiction: "✕", suspicious: "◐" };
const rooms = new WeakMap();

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
};

const fill = {
  text: (cell, value) => { cell.textContent = value; },
  word: (cell, value) => { cell.textContent = value; },
  quote: (cell, value) => { cell.textContent = value; },
  number: (cell, value) => { cell.textContent = value; },
  verdict: (cell, value) => {
    const badge = make("span", `verdict v-${value.code}`);
    badge.append(make("span", "mark", MARKS[value.code] || "?"), make("span", null, value.text));
    cell.append(badge);
  },
  dot: (cell, value) => cell.append(make("span", `dot r-${value}`)),
  lines: (cell, value) => { for (const line of value) cell.append(make("div", null, line)); },
  bar: (cell, value) => {
    if (!value || value.share === null) return;
    const frame = make("span", "bar");
    const part = make("span", value.share < 0 ? "less" : "more");
    part.style.width = `${Math.max(2, Math.abs(value.share) * 50)}%`;
    frame.append(part);
    cell.append(frame, make("span", "number", value.text));
  },
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = rooms.get(parentElement);
  if (!root) {
    root = make("div", "ledger");
    parentElement.append(root);
    rooms.set(parentElement, root);
  }
  root.classList.toggle("dark", Boolean(data.dark));
  const held = root.getRootNode().activeElement;
  const heldRow = held && held.dataset ? held.dataset.row : undefined;
  root.replaceChildren();
  const table = make("table");
  table.setAttribute("aria-label", data.label);
  const header = make("tr");
  for (const column of data.columns) {
    const cell = make("th", `c-${column.kind} k-${column.key}`, column.label);
    cell.scope = "col";
    header.append(cell);
  }
  const head = make("thead");
  head.append(header);
  const body = make("tbody");
  for (const row of data.rows) {
    const line = make("tr", row.chosen ? "chosen" : null);
    const choose = () => {
      setTriggerValue("picked", { ...row.pick, at: Date.now() });
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      // The answer is given by map and text: bring them into sight, no further than needed.
      document.querySelector(data.answer)?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    };
    data.columns.forEach((column, position) => {
      const cell = make("td", `c-${column.kind} k-${column.key}`);
      cell.dataset.label = column.label;
      const value = row.cells[column.key];
      if (position === 0 && row.language && row.language !== "und") cell.lang = row.language;
      let target = cell;
      if (position === 0 && row.pick) {
        target = make("button");
        target.type = "button";
        target.dataset.row = JSON.stringify(row.pick);
        if (row.chosen) target.setAttribute("aria-current", "true");
        cell.append(target);
      }
      if (value !== undefined && value !== null && value !== "") fill[column.kind](target, value);
      line.append(cell);
    });
    if (row.pick) line.onclick = choose;
    else line.classList.add("still");
    body.append(line);
  }
  table.append(head, body);
  root.append(table);
  if (data.rest) root.append(make("p", "rest", data.rest));
  if (heldRow) {
    const again = [...root.querySelectorAll("button")].find((button) => button.dataset.row === heldRow);
    if (again) again.focus({ preventScroll: true });
  }
}
