// Copies the address of the present view. Where the browser has no clipboard for us, the address is shown to be copied.
export default function (component) {
  const { data, parentElement } = component;
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    parentElement.append(button);
  }
  button.textContent = data.label;
  button.onclick = async () => {
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = data.done;
    } catch {
      window.prompt(data.label, address);
    }
    setTimeout(() => { button.textContent = data.label; }, 1600);
  };
}
