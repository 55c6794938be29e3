// The page's head line: name, what it is, and the control that copies the link to the present view.
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

export default function (component) {
  const { data, parentElement } = component;
  let root = parentElement.querySelector(".masthead");
  if (!root) {
    root = make("div", "masthead", "");
    parentElement.append(root);
  }
  document.documentElement.lang = data.language; // for screen readers, hyphens and the words in frame.css
  root.replaceChildren();
  root.append(make("h1", "", data.title), make("p", "", data.tagline));
}
