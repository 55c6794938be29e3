// What the map's colours and strokes mean, drawn as they are drawn there.
const SWATCHES = ["place", "actor", "attributive", "area", "ridden", "planned", "reported", "flight", "other", "border", "gauge", "claim", "disputed"];

export default function (component) {
  const { data, parentElement } = component;
  let root = parentElement.querySelector("ul");
  if (!root) {
    root = document.createElement("ul");
    parentElement.append(root);
  }
  root.className = data.dark ? "dark" : "";
  root.setAttribute("aria-label", data.words.label);
  // The map's frame has a title of its maker's; this is what it is.
  document.querySelector('iframe[title^="streamlit_folium"]')?.setAttribute("aria-label", data.words.map);
  root.replaceChildren(...SWATCHES.map((name) => {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = `swatch ${name}`;
    const text = document.createElement("span");
    text.textContent = data.words[name];
    item.append(swatch, text);
    return item;
  }));
}
