// The reader: card and text. Everything from outside is set by textContent and never as markup.
const rooms = new WeakMap();

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
};

const MARKS = { holds: "✓", holds_loosely: "≈", partly: "◐", fails: "✕", consistent: "=", unverifiable: "?" };

const verdictBadge = (verdict, text) => {
  const badge = make("span", `verdict v-${verdict}`);
  badge.append(make("span", "mark", MARKS[verdict] || "?"), make("span", null, text));
  return badge;
};

const bar = (share) => {
  const frame = make("span", "bar");
  if (share !== null && share !== undefined) {
    const fill = make("span", share < 0 ? "less" : "more");
    fill.style.width = `${Math.max(2, Math.abs(share) * 50)}%`;
    frame.append(fill);
  }
  return frame;
};

// What was found at a glance, until something is chosen or the reader has read it.
const drawOverview = (room, { card, words }, pick) => {
  const head = make("header");
  head.append(make("p", "overview", card.heading));
  const close = make("button", "close", "×");
  close.type = "button";
  close.title = words.dismiss;
  close.setAttribute("aria-label", words.dismiss);
  close.onclick = () => { room.read = true; room.card.hidden = true; room.text.focus(); };
  head.append(close);
  const tally = make("p", "tally");
  for (const [code, count, text] of card.tally) {
    const badge = verdictBadge(code, text);
    badge.append(make("span", "count", count));
    tally.append(badge);
  }
  const list = make("ul", "worst");
  for (const claim of card.worst) {
    const item = make("li");
    const button = make("button", "passage");
    button.type = "button";
    const quote = make("span", "quote", claim.quote);
    if (claim.language !== "und") quote.lang = claim.language;
    button.append(quote, verdictBadge(claim.verdict, claim.verdict_text));
    button.onclick = () => pick({ kind: "claim", number: claim.number });
    item.append(button);
    list.append(item);
  }
  room.card.append(head, tally, list, make("p", "hint", card.hint));
  room.card.scrollTop = 0;
};

const drawCard = (room, data, pick) => {
  const { card, words } = data;
  room.card.replaceChildren();
  const overview = card && card.kind === "overview";
  room.card.hidden = !card || (overview && room.read);
  if (room.card.hidden) return;
  if (overview) { drawOverview(room, data, pick); return; }
  const head = make("header");
  const titles = make("div");
  titles.append(make("h3", null, card.title));
  if (card.language && card.language !== "und") titles.firstChild.lang = card.language;
  if (card.subtitle) titles.append(make("p", "subtitle", card.subtitle));
  head.append(titles);
  const close = make("button", "close", "×");
  close.type = "button";
  close.title = words.close;
  close.setAttribute("aria-label", words.close);
  close.onclick = () => pick({ kind: "close" });
  head.append(close);
  room.card.append(head);

  if (card.verdict) {
    const line = make("p", "finding");
    line.append(verdictBadge(card.verdict, card.verdict_text), document.createTextNode(` ${card.reason}`));
    room.card.append(line);
  }
  if (card.checks && card.checks.length) {
    const table = make("table", "checks");
    const header = make("tr");
    for (const title of [words.facet, words.stated, words.computed, words.deviation, ""]) header.append(make("th", null, title));
    table.append(header);
    for (const check of card.checks) {
      const row = make("tr");
      row.title = check.reason;
      row.append(make("td", null, check.facet), make("td", "number", check.stated), make("td", "number", check.computed));
      const off = make("td", "number");
      off.append(bar(check.bar), document.createTextNode(check.deviation));
      const verdict = make("td");
      verdict.append(verdictBadge(check.verdict, check.verdict_text));
      row.append(off, verdict);
      table.append(row);
    }
    room.card.append(table);
  }
  if (card.hypotheses && card.hypotheses.length) {
    const list = make("ul", "hypotheses");
    for (const text of card.hypotheses) list.append(make("li", null, text));
    const box = make("div", "hypothetical");
    box.append(make("span", "label", words.hypotheses), list);
    room.card.append(box);
  }
  if (card.passages && card.passages.length) {
    room.card.append(make("p", "label", card.passages_title));
    const list = make("ol", "passages");
    for (const passage of card.passages) {
      const item = make("li");
      const button = make("button", "passage");
      button.type = "button";
      if (passage.language !== "und") button.lang = passage.language;
      const [before, named, after] = passage.parts;
      button.append(document.createTextNode(before), ...(named ? [make("mark", null, named)] : []), document.createTextNode(after));
      if (passage.article !== data.article) button.append(make("span", "from", passage.title));
      button.onclick = () => pick(
        passage.mention !== undefined
          ? { kind: "mention", number: passage.mention }
          : { kind: "passage", article: passage.article, start: passage.start, end: passage.end },
      );
      if (passage.mention !== undefined && passage.mention === (data.focus || {}).mention) button.setAttribute("aria-current", "true");
      item.append(button);
      list.append(item);
    }
    room.card.append(list);
    if (card.rest) room.card.append(make("p", "rest", `+ ${card.rest}`));
  }
  if (card.near && card.near.length) {
    const line = make("p", "near-places");
    line.append(make("span", "label", card.near_title));
    for (const [number, name] of card.near) {
      const button = make("button", "chip", name);
      button.type = "button";
      button.onclick = () => pick({ kind: "place", number });
      line.append(button);
    }
    room.card.append(line);
  }
  if (card.candidates && card.candidates.length) {
    const more = make("details");
    more.append(make("summary", null, card.candidates_title));
    more.append(make("p", "why", card.why));
    const list = make("ul", "candidates");
    for (const candidate of card.candidates) {
      const item = make("li", candidate.chosen ? "chosen" : null);
      item.append(make("span", "name", candidate.name), make("span", "score", candidate.score), make("span", "where", candidate.where), make("span", "why", candidate.why));
      list.append(item);
    }
    more.append(list);
    room.card.append(more);
  } else if (card.why) {
    room.card.append(make("p", "why", card.why));
  }
  if (card.facts && card.facts.length) {
    const facts = make("dl");
    for (const [name, value] of card.facts) facts.append(make("dt", null, name), make("dd", null, value));
    room.card.append(facts);
  }
  room.card.scrollTop = 0;
};

const drawText = (room, data, pick) => {
  room.text.replaceChildren();
  room.mentions = new Map();
  room.claims = new Map();
  room.sentences = new Map();
  if (!data.article) return;
  room.text.lang = data.language === "und" ? "" : data.language;
  room.text.append(make("p", "byline", data.byline));
  for (const words of data.notices) {
    const notice = make("p", "notice", words);
    notice.lang = data.speech;
    room.text.append(notice);
  }
  let first = true;
  for (const line of data.lines) {
    if (!line.length) continue;
    const paragraph = make(first ? "h2" : "p");
    first = false;
    line.forEach(([text, mention, claims, sentence], index) => {
      let run;
      if (mention >= 0) {
        // No <button>: lines break on either side of one, and a comma or colon would begin the next.
        run = make("span", `mention r-${data.readings[mention]}`, text);
        run.setAttribute("role", "button");
        run.onclick = () => pick({ kind: "mention", number: mention });
        run.onkeydown = (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          run.click();
        };
        (room.mentions.get(mention) || room.mentions.set(mention, []).get(mention)).push(run);
      } else {
        run = make("span", null, text);
      }
      if (claims.length) {
        const claim = claims[claims.length - 1];
        run.classList.add("claim", `v-${data.verdicts[claim]}`);
        if (mention < 0) run.onclick = () => pick({ kind: "claim", number: claim });
        for (const number of claims) (room.claims.get(number) || room.claims.set(number, []).get(number)).push(run);
      }
      if (sentence >= 0) (room.sentences.get(sentence) || room.sentences.set(sentence, []).get(sentence)).push(run);
      paragraph.append(run);
      // A claim ends here: its verdict stands behind it, as a button for the keyboard.
      const next = line[index + 1];
      for (const number of claims) {
        if (next && next[2].includes(number)) continue;
        const verdict = data.verdicts[number];
        const badge = make("button", `badge v-${verdict}`, MARKS[verdict] || "?");
        badge.type = "button";
        badge.title = data.verdict_texts[verdict];
        badge.setAttribute("aria-label", `${data.words.claim}: ${data.verdict_texts[verdict]}`);
        badge.onclick = () => pick({ kind: "claim", number });
        paragraph.append(badge);
      }
    });
    room.text.append(paragraph);
  }
};

// The whole text is one stop of the Tab key; inside, arrows lead from mention to mention.
const walk = (room) => {
  const stops = [...room.text.querySelectorAll(".mention, .badge")];
  for (const stop of stops) stop.tabIndex = -1;
  room.text.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const present = stops.indexOf(room.text.getRootNode().activeElement);
    const next = stops[present < 0 ? (step > 0 ? 0 : stops.length - 1) : present + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
};

const drawFocus = (room, data, moved) => {
  for (const element of room.text.querySelectorAll(".near, .here, .same")) element.classList.remove("near", "here", "same");
  const focus = data.focus;
  if (!focus) return;
  for (const number of focus.sentences) for (const run of room.sentences.get(number) || []) run.classList.add("near");
  for (const number of focus.mentions) for (const run of room.mentions.get(number) || []) run.classList.add("same");
  const target = room.mentions.get(focus.mention) || room.claims.get(focus.claim) || room.sentences.get(focus.sentence);
  if (!target) return;
  if (focus.mention >= 0 || focus.claim >= 0) for (const run of target) run.classList.add("here");
  if (!moved) return;
  // Scroll the text inside its own frame; scrollIntoView would move the whole page under the reader.
  const frame = room.text.getBoundingClientRect();
  const place = target[0].getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  room.text.scrollTo({ top: room.text.scrollTop + place.top - frame.top - frame.height / 3, behavior: room.fresh || calm ? "auto" : "smooth" });
};

const scrollerOf = (element) => {
  let one = element.getRootNode().host || element;
  while (one.parentElement && !/auto|scroll/.test(getComputedStyle(one).overflowY)) one = one.parentElement;
  return one;
};

// On a phone the map lies above this card: after a choice both come into sight, no further than needed.
const share = (room, data) => {
  const map = document.querySelector(data.answer);
  if (!map || room.card.hidden || data.card.kind === "overview" || !matchMedia("(max-width: 640px)").matches) return;
  const [above, below] = [map.getBoundingClientRect().top, room.card.getBoundingClientRect().bottom - window.innerHeight];
  const step = above < 0 ? above : Math.min(above, Math.max(0, below));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scroller = scrollerOf(room.root);
  if (step) scroller.scrollTo({ top: scroller.scrollTop + step, behavior: calm ? "auto" : "smooth" });
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let room = rooms.get(parentElement);
  if (!room) {
    room = { root: make("div", "room"), card: make("section", "card"), text: make("article", "text"), moves: -1, key: "" };
    room.card.setAttribute("aria-live", "polite");
    room.text.tabIndex = 0;
    room.root.append(room.card, room.text);
    parentElement.append(room.root);
    rooms.set(parentElement, room);
  }
  room.root.classList.toggle("dark", Boolean(data.dark));
  const pick = (what) => setTriggerValue("picked", { ...what, at: Date.now() });
  drawCard(room, data, pick);
  room.data = data;
  const key = `${data.text} ${data.words.text} ${data.notices}`;
  const settle = (fresh) => {
    room.fresh = fresh;
    const moved = room.data.moves !== room.moves;
    drawFocus(room, room.data, moved || fresh);
    if (moved && room.moves >= 0) share(room, room.data);
    room.moves = room.data.moves;
  };
  if (room.key === key) { settle(false); return; }
  room.wanted = key;
  const draw = (text) => {
    if (room.wanted !== key) return; // another article was opened meanwhile
    drawText(room, { ...room.data, ...text }, pick);
    walk(room);
    room.text.setAttribute("aria-label", room.data.words.text);
    room.key = key;
    settle(true);
  };
  if (!data.text) { draw({}); return; }
  fetch(data.text)
    .then((answer) => { if (!answer.ok) throw new Error(`${data.text}: ${answer.status}`); return answer.json(); })
    .then(draw, (error) => console.error(error));
}
