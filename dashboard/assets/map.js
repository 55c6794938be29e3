// The map's drawing, on Leaflet alone. Everything it is told comes as numbers, colours' names and
// addresses of JSON on the same server; names of places arrive by fetch and are painted on canvas,
// where no text can become markup.
(() => {
  "use strict";

  const PALETTES = {
    light: {
      sea: "#dfe7ea", land: "#f7f5f0", coast: "#b9c4c6", border: "#c9c2b4", disputed: "#b3a78f",
      town: "#6d6a63", country: "#a39d8f", halo: "#f7f5f0", ink: "#22282b", focus: "#11181c",
      place: "#1f5f7e", actor: "#a8741a", attributive: "#7b6f8c",
      rail: "#9c2f2a", railcase: "#ffffff", air: "#5b6f9c",
      holds: "#2e7d4f", holds_loosely: "#6f8420", partly: "#b9701a", fails: "#b3362b",
      consistent: "#2f6aa8", unverifiable: "#8a8f91",
    },
    dark: {
      sea: "#0e1519", land: "#1b2429", coast: "#36444b", border: "#38444a", disputed: "#5a5a4d",
      town: "#8f9a9e", country: "#5f6b70", halo: "#141c20", ink: "#e8e6e0", focus: "#ffffff",
      place: "#58b0d6", actor: "#dba64a", attributive: "#ab9ec2",
      rail: "#e0736a", railcase: "#10171b", air: "#8ea4d8",
      holds: "#5fbf87", holds_loosely: "#a8bf55", partly: "#e2a24e", fails: "#ee7b6e",
      consistent: "#6fa8e6", unverifiable: "#8b9498",
    },
  };
  const READINGS = ["place", "actor", "attributive"];
  const VERDICTS = ["holds", "holds_loosely", "partly", "fails", "consistent", "unverifiable"];
  const LEG_STYLES = {
    ridden: { weight: 3.2, dash: null },
    planned: { weight: 2.4, dash: "9 7" },
    reported: { weight: 2.4, dash: "2 7" },
  };

  // A finger covers what it means: twenty pixels around a point still hit it.
  const TOLERANCE = matchMedia("(pointer: coarse)").matches ? 14 : 4;

  let basemap = null; // the fetched land, kept for a change of theme
  let shown = {}; // what the map draws now
  let queued = null; // the last wish, while an earlier one is being fetched
  const scenes = new Map(); // address -> promise of a scene

  const here = document.currentScript ? new URL(".", document.currentScript.src).href : "";

  const fetched = (address) => {
    if (!scenes.has(address)) {
      if (scenes.size > 12) scenes.delete(scenes.keys().next().value);
      scenes.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return answer.json();
      }));
      scenes.get(address).catch(() => scenes.delete(address));
    }
    return scenes.get(address);
  };

  const tell = (pick) => window.Streamlit.setComponentValue({ pick, at: Date.now() });

  // ---- base map -------------------------------------------------------------------------------

  // The source runs on across the antimeridian by jumping from 180 to -180; here it runs on by counting on.
  const unwrapped = (line, closed = false) => {
    let turn = 0;
    const run = line.map(([lat, lon], index) => {
      if (index) turn -= 360 * Math.round((lon - line[index - 1][1]) / 360);
      return [lat, lon + turn];
    });
    const [first, last] = [run[0], run[run.length - 1]];
    if (closed && Math.abs(last[1] - first[1]) > 180) run.push([-85.05, last[1]], [-85.05, first[1]]); // Antarctica
    return run;
  };

  // What reaches beyond the antimeridian is drawn at both edges of the map.
  const both = (rings) => {
    const lons = rings[0].map(([, lon]) => lon);
    const [west, east] = [lons.reduce((a, b) => Math.min(a, b)), lons.reduce((a, b) => Math.max(a, b))];
    const shift = east > 180.01 ? -360 : west < -180.01 ? 360 : 0;
    return shift ? [rings, rings.map((ring) => ring.map(([lat, lon]) => [lat, lon + shift]))] : [rings];
  };

  const decode = (topology) => {
    const [sx, sy] = topology.scale;
    const [tx, ty] = topology.translate;
    const arcs = topology.arcs.map((flat) => {
      const line = [];
      for (let i = 0, x = 0, y = 0; i < flat.length; i += 2) {
        x += flat[i];
        y += flat[i + 1];
        line.push([y * sy + ty, x * sx + tx]);
      }
      return line;
    });
    const ring = (indices) => unwrapped(indices.flatMap((i) => (i >= 0 ? arcs[i] : arcs[~i].slice().reverse())), true);
    const lines = (indices) => indices.flatMap((i) => both([unwrapped(arcs[i])])).map(([line]) => line);
    return {
      land: topology.land.flatMap((polygon) => both(polygon.map(ring))),
      coasts: lines(topology.coasts),
      borders: lines(topology.borders),
      disputed: lines(topology.disputed),
      countries: topology.countries,
      towns: topology.towns,
    };
  };

  const drawBasemap = (map, colours) => {
    map.getContainer().style.background = colours.sea;
    if (!basemap) return;
    if (shown.base) shown.base.remove();
    const renderer = shown.baseRenderer;
    const quiet = { renderer, interactive: false, pane: "base" };
    shown.base = L.layerGroup([
      L.polygon(basemap.land, { ...quiet, stroke: false, fillColor: colours.land, fillOpacity: 1, smoothFactor: 0.6 }),
      L.polyline(basemap.coasts, { ...quiet, color: colours.coast, weight: 0.8, smoothFactor: 0.6 }),
      L.polyline(basemap.borders, { ...quiet, color: colours.border, weight: 0.9, smoothFactor: 0.6 }),
      L.polyline(basemap.disputed, { ...quiet, color: colours.disputed, weight: 1.1, dashArray: "4 4" }),
    ]).addTo(map);
  };

  // ---- labels and arrows: one canvas above everything, redrawn when the map rests --------------------

  const Overlay = L.Layer.extend({
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide");
      this._canvas.setAttribute("aria-hidden", "true");
      map.getPane("names").appendChild(this._canvas);
      map.on("moveend zoomend resize viewreset", this.redraw, this);
      this.redraw();
    },
    onRemove(map) {
      this._canvas.remove();
      map.off("moveend zoomend resize viewreset", this.redraw, this);
    },
    redraw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      Object.assign(this._canvas, { width: size.x * ratio, height: size.y * ratio });
      Object.assign(this._canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
      const pen = this._canvas.getContext("2d");
      pen.scale(ratio, ratio);
      paint(map, pen, size);
    },
  });

  const paint = (map, pen, size) => {
    const colours = PALETTES[shown.theme] || PALETTES.light;
    const taken = [[0, 0, 50, 80], [0, size.y - 48, 130, size.y], [size.x - 330, size.y - 18, size.x, size.y]]; // the controls
    const free = (box) =>
      box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 2 &&
      !taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    const write = (text, point, { font, fill, gap = 0, sides = ["right", "left", "above", "below"], must = false, plate = false }) => {
      pen.font = font;
      const width = pen.measureText(text).width;
      const height = parseInt(font.match(/(\d+)px/)[1], 10) * 1.15;
      for (const side of sides) {
        const x = side === "right" ? point.x + gap : side === "left" ? point.x - gap - width : point.x - width / 2;
        const y = side === "above" ? point.y - gap - height : side === "below" ? point.y + gap : point.y - height / 2;
        const box = [x - 2, y - 1, x + width + 2, y + height + 1];
        if (!free(box) && !must) continue;
        taken.push(box);
        pen.textBaseline = "top";
        if (plate) {
          pen.globalAlpha = 0.86;
          pen.fillStyle = colours.halo;
          pen.fillRect(x - 3, y - 1, width + 6, height + 2);
          pen.globalAlpha = 1;
        }
        pen.lineJoin = "round";
        pen.lineWidth = 3;
        pen.strokeStyle = colours.halo;
        pen.strokeText(text, x, y + 1);
        pen.fillStyle = fill;
        pen.fillText(text, x, y + 1);
        return true;
      }
      return false;
    };
    const at = (lat, lon) => map.latLngToContainerPoint([lat, lon]);
    const inside = (point, edge = 0) =>
      point.x > -edge && point.y > -edge && point.x < size.x + edge && point.y < size.y + edge;
    const zoom = map.getZoom();

    for (const leg of shown.scene ? shown.scene.legs : []) {
      if (leg.arrow) arrows(map, pen, leg, colours, inside);
    }
    if (shown.train) paintTrain(pen, colours, at);
    const marks = [];
    for (const mark of shown.scene ? shown.scene.marks : []) {
      const point = at(mark.lat, mark.lon);
      // Bogies are changed beside the border: from afar one sign would hide the other.
      while (marks.some(([, other]) => other.distanceTo(point) < 13)) point.x -= 14;
      marks.push([mark, point]);
      if (inside(point, 10)) paintMark(pen, mark, point, colours);
    }
    const places = shown.scene ? shown.scene.places : [];
    const dots = [];
    for (const place of places) {
      const point = at(place.lat, place.lon);
      if (!inside(point, 20)) continue;
      dots.push([place, point]);
      if (!place.area) taken.push([point.x - place.r, point.y - place.r, point.x + place.r, point.y + place.r]);
    }
    for (const claim of shown.scene ? shown.scene.claims : []) {
      const chosen = shown.select && shown.select.claim === claim.id;
      if (!claim.text || (shown.select && shown.select.claim != null && !chosen)) continue;
      const point = at(...claim.middle);
      if (!inside(point)) continue;
      const font = chosen ? "600 13px 'Source Sans', sans-serif" : "12px 'Source Sans', sans-serif";
      write(claim.text, point, { font, fill: colours[VERDICTS[claim.verdict]], gap: 5, sides: ["right", "left", "above", "below"], must: chosen, plate: true });
    }
    const weightOf = ([place]) => (shown.select && shown.select.place === place.id ? 1e9 : place.r - (place.area ? 6 : 0));
    for (const [place, point] of dots.sort((a, b) => weightOf(b) - weightOf(a))) {
      const chosen = shown.select && shown.select.place === place.id;
      const font = `${chosen ? "700" : "600"} ${place.area ? 12 : 13}px 'Source Sans', sans-serif`;
      write(place.name, point, { font, fill: place.area ? colours[READINGS[place.reading]] : colours.ink, gap: place.r + 4, must: chosen });
    }
    for (const [mark, point] of zoom >= 6 ? marks : []) {
      const style = { font: "600 11px 'Source Sans', sans-serif", fill: colours.ink, gap: 10, plate: true };
      style.sides = mark.kind === "border" ? ["right", "below", "above"] : ["left", "above", "below"];
      if (inside(point)) write(mark.text, point, style);
    }
    if (!basemap) return;
    const german = shown.language === "de";
    if (zoom <= 6) {
      const least = 3000 / 4 ** zoom;
      for (const [lat, lon, area, en, de] of basemap.countries) {
        if (area < least) break;
        const point = at(lat, lon);
        const name = (german ? de : en).toUpperCase().split("").join(" ");
        if (inside(point) && name.length < 40) write(name, point, { font: "10px 'Source Sans', sans-serif", fill: colours.country, sides: ["middle"] });
      }
    }
    const leastThousand = zoom < 3 ? 8000 : 16000 / 2.4 ** (zoom - 2);
    for (const [lat, lon, thousand, capital, en, de] of basemap.towns) {
      if (thousand < leastThousand && !(capital && zoom >= 4)) continue;
      const point = at(lat, lon);
      if (!inside(point)) continue;
      if (dots.some(([, dot]) => Math.hypot(dot.x - point.x, dot.y - point.y) < 9)) continue;
      if (!write((german && de) || en, point, { font: "11px 'Source Sans', sans-serif", fill: colours.town, gap: 4 })) continue;
      pen.beginPath();
      pen.arc(point.x, point.y, 1.6, 0, 7);
      pen.fillStyle = colours.town;
      pen.fill();
    }
  };

  const legColour = (leg, colours) => ({ rail: colours.rail, air: colours.air })[leg.mode] || colours.unverifiable;

  const arrows = (map, pen, leg, colours, inside) => {
    const line = leg.line.map(([lat, lon]) => map.latLngToContainerPoint([lat, lon]));
    let due = 45;
    for (let i = 1; i < line.length; i += 1) {
      const [a, b] = [line[i - 1], line[i]];
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      while (due < length) {
        const share = due / length;
        const point = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
        if (inside(point)) {
          // The direction over some pixels: single pieces of rail wriggle.
          const away = (p) => Math.hypot(p.x - point.x, p.y - point.y);
          let [back, on] = [i - 1, i];
          while (back > 0 && away(line[back]) < 14) back -= 1;
          while (on < line.length - 1 && away(line[on]) < 14) on += 1;
          const [from, to] = [line[back], line[on]];
          chevron(pen, point, Math.atan2(to.y - from.y, to.x - from.x), legColour(leg, colours), colours.railcase);
        }
        due += 90;
      }
      due -= length;
    }
  };

  const chevron = (pen, point, angle, colour, casing) => {
    pen.save();
    pen.translate(point.x, point.y);
    pen.rotate(angle);
    pen.beginPath();
    pen.moveTo(-4, -5);
    pen.lineTo(5, 0);
    pen.lineTo(-4, 5);
    pen.closePath();
    pen.fillStyle = colour;
    pen.strokeStyle = casing;
    pen.lineWidth = 2;
    pen.lineJoin = "round";
    pen.stroke();
    pen.fill();
    pen.restore();
  };

  // A border is a bar across the way; a change of gauge two rails that draw apart.
  const paintMark = (pen, mark, point, colours) => {
    const strokes = mark.kind === "border"
      ? [[[-4, -4], [4, 4]], [[-4, 4], [4, -4]]]
      : [[[-2, -5], [-2, 0], [-4, 5]], [[2, -5], [2, 0], [4, 5]]];
    pen.lineCap = pen.lineJoin = "round";
    for (const [width, colour] of [[4.5, colours.railcase], [1.7, colours.ink]]) {
      for (const stroke of strokes) {
        pen.beginPath();
        stroke.forEach(([x, y], i) => (i ? pen.lineTo(point.x + x, point.y + y) : pen.moveTo(point.x + x, point.y + y)));
        pen.lineWidth = width;
        pen.strokeStyle = colour;
        pen.stroke();
      }
    }
  };

  const paintTrain = (pen, colours, at) => {
    const { band, middle } = shown.train;
    if (band && band.length > 1) {
      pen.beginPath();
      band.map(([lat, lon]) => at(lat, lon)).forEach((p, i) => (i ? pen.lineTo(p.x, p.y) : pen.moveTo(p.x, p.y)));
      pen.lineCap = pen.lineJoin = "round";
      pen.globalAlpha = 0.35;
      pen.lineWidth = 16;
      pen.strokeStyle = colours.rail;
      pen.stroke();
      pen.globalAlpha = 1;
    }
    if (!middle) return;
    const point = at(...middle);
    pen.beginPath();
    pen.arc(point.x, point.y, 8, 0, 7);
    pen.fillStyle = colours.rail;
    pen.strokeStyle = colours.railcase;
    pen.lineWidth = 3;
    pen.stroke();
    pen.fill();
  };

  // ---- the scene: places, claims, legs ------------------------------------------------------------------

  const drawScene = (map, colours) => {
    if (shown.group) shown.group.remove();
    shown.group = L.layerGroup().addTo(map);
    shown.marks = new Map();
    if (!shown.scene) return;
    const { places, claims, legs } = shown.scene;
    for (const leg of legs) {
      const style = { ...(LEG_STYLES[leg.style] || LEG_STYLES.ridden) };
      // Only rails are a way that is known: a flight and a way nobody told are drawn as what they are.
      if (leg.mode === "air") Object.assign(style, { weight: 1.8, dash: "10 6" });
      else if (leg.mode !== "rail") Object.assign(style, { weight: 1.6, dash: "1 6" });
      const colour = legColour(leg, colours);
      const chosen = shown.select && shown.select.leg === leg.id;
      const common = { pane: "routes", renderer: shown.routeRenderer, smoothFactor: 1.2 };
      L.polyline(leg.line, { ...common, interactive: false, color: colours.railcase, weight: style.weight + (chosen ? 6 : 3), opacity: 0.9 }).addTo(shown.group);
      L.polyline(leg.line, { ...common, interactive: false, color: colour, weight: style.weight + (chosen ? 2 : 0), dashArray: style.dash }).addTo(shown.group);
      L.polyline(leg.line, { ...common, color: colour, weight: 16, opacity: 0 })
        .on("click", (e) => { L.DomEvent.stop(e); tell(["leg", leg.id]); }).addTo(shown.group);
    }
    for (const claim of claims) {
      const chosen = shown.select && shown.select.claim === claim.id;
      const dimmed = shown.select && shown.select.claim != null && !chosen;
      const colour = colours[VERDICTS[claim.verdict]];
      const common = { pane: "routes", renderer: shown.routeRenderer };
      L.polyline(claim.line, { ...common, interactive: false, color: colour, weight: chosen ? 3 : 1.6, opacity: dimmed ? 0.25 : 0.9, dashArray: chosen ? null : "5 5" }).addTo(shown.group);
      L.polyline(claim.line, { ...common, color: colour, weight: 14, opacity: 0 })
        .on("click", (e) => { L.DomEvent.stop(e); tell(["claim", claim.id]); }).addTo(shown.group);
    }
    const chosenPlace = shown.select ? shown.select.place : null;
    for (const place of [...places].sort((a, b) => b.r - a.r)) {
      const colour = colours[READINGS[place.reading]];
      const mark = L.circleMarker([place.lat, place.lon], {
        pane: "places", renderer: shown.placeRenderer, radius: place.r, color: place.area ? colour : colours.halo,
        weight: place.area ? 1.4 : 1.6, fillColor: colour, fillOpacity: place.area ? 0.13 : 0.92,
        dashArray: place.area ? "2 3" : null,
      });
      mark.on("click", (e) => { L.DomEvent.stop(e); tell(["place", placeAt(map, e, place).id]); });
      mark.addTo(shown.group);
      shown.marks.set(place.id, mark);
      if (place.id === chosenPlace) ring(map, place, colours);
    }
    drawDrawing(colours);
  };

  // Where places lie upon each other the smallest answers first, and a click on it again asks the next.
  const placeAt = (map, event, place) => {
    const here = shown.scene.places.filter((other) =>
      map.latLngToContainerPoint([other.lat, other.lon]).distanceTo(event.containerPoint) <= other.r + TOLERANCE || other === place);
    here.sort((a, b) => a.r - b.r);
    const chosen = here.findIndex((other) => other.id === (shown.select || {}).place);
    return chosen < 0 ? place : here[(chosen + 1) % here.length];
  };

  const ring = (map, place, colours) => {
    const quiet = { pane: "places", renderer: shown.placeRenderer, interactive: false, fill: false };
    L.circleMarker([place.lat, place.lon], { ...quiet, radius: place.r + 5, color: colours.focus, weight: 2.2 }).addTo(shown.group);
  };

  // What a claim says beside what is: ring and sector around the reference, the point reckoned, the true one.
  const drawDrawing = (colours) => {
    const drawing = shown.drawing;
    if (!drawing) return;
    const colour = colours[VERDICTS[drawing.verdict]] || colours.ink;
    const quiet = { pane: "routes", renderer: shown.routeRenderer, interactive: false };
    for (const area of drawing.areas || []) {
      L.polygon(area, { ...quiet, color: colour, weight: 1, opacity: 0.5, fillColor: colour, fillOpacity: 0.13 }).addTo(shown.group);
    }
    for (const line of drawing.rails || []) L.polyline(line, { ...quiet, color: colours.rail, weight: 3 }).addTo(shown.group);
    for (const line of drawing.lines || []) L.polyline(line, { ...quiet, color: colour, weight: 1.2, dashArray: "2 4" }).addTo(shown.group);
    if (drawing.reckoned) {
      L.circleMarker(drawing.reckoned, { ...quiet, pane: "places", renderer: shown.placeRenderer, radius: 6, color: colour, weight: 2.5, fill: false }).addTo(shown.group);
    }
  };

  const look = (map, view) => {
    if (!view || view.nonce === shown.nonce) return;
    const first = shown.nonce === undefined;
    Object.assign(shown, { nonce: view.nonce, view, touched: false });
    go(map, view, first);
  };

  // The frame got another size before the visitor moved the map: what it shows is fitted anew.
  const settle = (map) => {
    if (shown.view && !shown.touched) go(map, shown.view, true);
  };

  const go = (map, view, first) => {
    const padding = L.point(Math.min(60, map.getSize().x / 10), Math.min(50, map.getSize().y / 10));
    if (view.bounds) {
      map[first ? "fitBounds" : "flyToBounds"](view.bounds, { padding, maxZoom: 8, duration: 0.5 });
    } else if (view.center) {
      const zoom = Math.max(view.zoom, Math.min(map.getZoom(), view.zoom + 2));
      if (first) map.setView(view.center, zoom);
      else map.flyTo(view.center, zoom, { duration: 0.5 });
    }
  };

  const apply = async (map, wish) => {
    queued = wish;
    let scene = null;
    try {
      scene = await fetched(wish.scene);
    } catch (error) {
      console.error(error); // the base map stays; the lists beside it hold the same places
    }
    if (queued !== wish) return;
    const repainted = shown.theme !== wish.theme;
    Object.assign(shown, { scene, theme: wish.theme, language: wish.language, select: wish.select, drawing: wish.drawing, train: wish.train });
    const colours = PALETTES[wish.theme] || PALETTES.light;
    document.body.dataset.theme = wish.theme;
    if (repainted) drawBasemap(map, colours);
    drawScene(map, colours);
    look(map, wish.view || (scene ? { bounds: scene.bounds, nonce: wish.scene && shown.nonce === undefined ? 0 : shown.nonce } : null));
    shown.overlay.redraw();
    document.body.dataset.ready = String(Number(document.body.dataset.ready || 0) + 1);
  };

  // The page around this frame has its type loaded; a frame does not inherit it.
  const borrowFonts = async () => {
    try {
      const rules = [...window.parent.document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
      const faces = rules.filter((rule) => rule instanceof window.parent.CSSFontFaceRule && /Source Sans/.test(rule.style.fontFamily));
      await Promise.all(faces.map(async (rule) => {
        const source = rule.style.getPropertyValue("src").replace(/url\(["']?([^"')]+)["']?\)/g, (_, path) =>
          `url("${new URL(path, rule.parentStyleSheet.href || window.parent.location.href).href}")`);
        const face = new FontFace("Source Sans", source, { weight: rule.style.fontWeight || "normal", style: rule.style.fontStyle || "normal" });
        document.fonts.add(await face.load());
      }));
    } catch (error) {
      console.info("the map keeps the system's type:", error.message);
    }
  };

  const prepare = (map, bare) => {
    for (const [name, order] of [["base", 200], ["routes", 400], ["places", 450], ["names", 500]]) {
      map.createPane(name).style.zIndex = order;
    }
    map.getPane("names").style.pointerEvents = "none";
    map.getPane("base").style.pointerEvents = "none";
    shown.baseRenderer = L.canvas({ pane: "base", padding: 0.6 });
    // One canvas takes the clicks for routes and places: a canvas above would hide the one below from the mouse.
    shown.routeRenderer = shown.placeRenderer = L.canvas({ pane: "places", padding: 0.4, tolerance: TOLERANCE });
    shown.overlay = new Overlay().addTo(map);
    map.on("mousedown wheel keydown", () => { shown.touched = true; });
    map.attributionControl.setPrefix(false).addAttribution("Natural Earth · © OpenStreetMap (ODbL) · GeoNames (CC BY 4.0)");
    borrowFonts().then(() => shown.overlay.redraw());
    let fitted = map.getSize(); // Leaflet hears of a new size, too, and may take it before this does
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      const now = map.getSize();
      if (Math.abs(fitted.y - now.y) <= 8 && Math.abs(fitted.x - now.x) <= 8) return;
      fitted = now;
      settle(map);
    }).observe(map.getContainer());
    document.addEventListener("keydown", () => document.body.classList.add("keys"));
    document.addEventListener("pointerdown", () => document.body.classList.remove("keys"));
    if (bare) return; // online tiles lie where the base map would
    fetch(`${here}basemap.json`).then((answer) => answer.json()).then((topology) => {
      basemap = decode(topology);
      drawBasemap(map, PALETTES[shown.theme] || PALETTES.light);
      shown.overlay.redraw();
    });
  };

  window.luftlinie = { prepare, apply, shown: () => shown };
})();
