// Copies the address of the present view. Where the browser has no clipboard for us, the address is shown to be copied.
// On a phone, where there is no room for words, two links of a chain stand for them.
const sign = () => {
  const picture = new DOMParser().parseFromString(
    '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">' +
    '<path d="M9 15l6-6M8 11l-3 3a4 4 0 0 0 5 5l3-3M16 13l3-3a4 4 0 0 0-5-5l-3 3"/></svg>', "text/html");
  return document.importNode(picture.querySelector("svg"), true);
};

export default function (component) {
  const { data, parentElement } = component;
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    parentElement.append(button);
  }
  const say = (words) => {
    const text = document.createElement("span");
    text.textContent = words;
    button.replaceChildren(sign(), text);
    button.title = words;
  };
  say(data.label);
  button.onclick = async () => {
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
      say(data.done);
      button.classList.add("done");
    } catch {
      window.prompt(data.label, address);
    }
    setTimeout(() => { say(data.label); button.classList.remove("done"); }, 1600);
  };
}
