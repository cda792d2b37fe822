// The views of the plan page, filled from its table of the whole plan. Writes text only, never markup.
(() => {
  "use strict";
  const MOST_SHOWN = 40;
  const FEW = 4;
  const told = JSON.parse(document.getElementById("told").textContent);
  const words = told.words;
  const byId = (id) => document.getElementById(id);

  // Letters without accents; œ is oe, as people type it. What is no Latin letter stays as it is.
  const SINGLE = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[œæßøłđðþı]/g, (sign) => SINGLE[sign]);
  const spaced = (text) => " " + text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  // "O'Connor" and "Jean-Luc" are found in one word and in two.
  const findable = (text) => spaced(fold(text)) + spaced(fold(text).replace(/['’ʼ‑-]/g, ""));

  const leaders = [...byId("plan").tBodies[0].rows].map((row) => {
    const [number, name, company, ...slots] = [...row.cells].map((cell) => cell.textContent.trim());
    const link = row.querySelector("a");
    const held = slots.map((text) => {
      const end = text.lastIndexOf(" ");
      return end < 0 ? null : { table: text.slice(0, end), partner: text.slice(end + 1) };
    });
    return { number, name, company, held, away: slots.map((text) => text === told.away), href: link && link.getAttribute("href") };
  });
  const byNumber = new Map(leaders.map((one) => [one.number, one]));
  for (const one of leaders) one.text = findable(one.number + " " + one.name + " " + one.company);
  const partnerOf = (meeting) => byNumber.get(meeting.partner) || { name: meeting.partner, company: "", number: meeting.partner };
  const isFree = (one, slot) => !one.held[slot] && !one.away[slot];
  const used = told.slots.map((_, slot) => new Set(leaders.flatMap((one) => (one.held[slot] ? [one.held[slot].table] : []))));
  const tablesLeft = (slot) => told.tables.filter((table) => !used[slot].has(table));

  const search = (typed) => {
    const asked = spaced(fold(typed)).split(" ").slice(1).filter(Boolean);
    return leaders.filter((one) => asked.every((word) => one.text.includes(" " + word)));
  };

  const make = (tag, className, ...content) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content.filter((part) => part !== null));
    return made;
  };
  const link = (href, text) => {
    const made = make("a", "", text);
    made.href = href;
    return made;
  };
  const person = (one) => [make("b", "", one.name), " ", make("span", "muted", one.company)];
  const table = (heads, rows) => {
    const head = make("tr", "", ...heads.map((text) => {
      const cell = make("th", "", text);
      cell.scope = "col";
      return cell;
    }));
    return make("table", "", make("thead", "", head), make("tbody", "", ...rows));
  };
  const row = (...cells) => make("tr", "", ...cells);
  const time = (slot) => make("td", "time", told.slots[slot]);
  const place = (text) => make("td", "place", text);
  const labelled = (label, count) => label + " " + count;

  // One leader's afternoon.
  const afternoon = (one) => {
    const rows = told.slots.map((_, slot) => {
      const meeting = one.held[slot];
      if (meeting) return row(time(slot), place(meeting.table), make("td", "", ...person(partnerOf(meeting))));
      return row(time(slot), place(""), make("td", "muted", one.away[slot] ? words.away : words.free));
    });
    const links = one.href && make("p", "links", link(one.href, words.agenda), " · ", link(one.href.replace(/html$/, "pdf"), "PDF"));
    return [table([words.time, words.tableHead, words.meets], rows), ...(links ? [links] : [])];
  };
  const entry = (one) => {
    const count = one.held.filter(Boolean).length;
    const summary = make("summary", "", make("span", "no", one.number), make("span", "name", ...person(one)),
      make("span", count < told.minimum ? "tag warn" : "tag", words.meetings[count]));
    const details = make("details", "", summary);
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(...afternoon(one));
    });
    return details;
  };
  const showLeaders = () => {
    const found = search(byId("search").value);
    const entries = found.slice(0, MOST_SHOWN).map(entry);
    if (found.length && found.length <= 2) for (const details of entries) details.open = true;
    byId("found").replaceChildren(...entries.map((details) => make("li", "", details)));
    const more = found.length > MOST_SHOWN ? " " + words.more : "";
    byId("count").textContent = found.length ? labelled(words.found, found.length) + more : words.nobody;
  };

  const people = (title, some) => [make("h3", "", labelled(title, some.length)),
    make("ul", "flow", ...some.map((one) => make("li", "", ...person(one))))];
  const tablesIn = (slot) => [make("h3", "", labelled(words.tablesLeft, tablesLeft(slot).length)), make("p", "", tablesLeft(slot).join(" · "))];
  const showSlot = () => {
    const slot = byId("slot").selectedIndex;
    if (slot < 0) return;
    const seats = new Map();
    for (const one of leaders) {
      if (one.held[slot]) seats.set(one.held[slot].table, [...(seats.get(one.held[slot].table) || []), one]);
    }
    const seated = [...seats].sort(([a], [b]) => told.tables.indexOf(a) - told.tables.indexOf(b));
    const rows = seated.map(([name, both]) => row(place(name), ...both.map((one) => make("td", "", ...person(one)))));
    byId("at-slot").replaceChildren(make("p", "paper", told.slots[slot]), table([words.tableHead, words.leader, words.leader], rows), ...tablesIn(slot),
      ...people(words.freeThen, leaders.filter((one) => isFree(one, slot))));
  };
  const showTable = () => {
    const name = byId("table").value;
    const rows = told.slots.map((_, slot) => {
      const both = leaders.filter((one) => one.held[slot] && one.held[slot].table === name);
      const cells = both.map((one) => make("td", "", ...person(one)));
      if (cells.length) return row(time(slot), ...cells);
      const free = make("td", "muted", words.free);
      free.colSpan = 2;
      return row(time(slot), free);
    });
    byId("at-table").replaceChildren(make("p", "paper", words.tableHead + " " + name), table([words.time, words.leader, words.leader], rows));
  };

  // Two leaders, and when both are free.
  const state = (one, slot) => {
    const meeting = one.held[slot];
    if (meeting) return meeting.table + " · " + partnerOf(meeting).name;
    return one.away[slot] ? words.away : words.free;
  };
  const fill = (side) => {
    const options = search(byId(side + "-search").value).slice(0, MOST_SHOWN).map((one) => {
      const option = make("option", "", one.number + " · " + one.name + " · " + one.company);
      option.value = one.number;
      return option;
    });
    byId(side).replaceChildren(...options);
    byId(side).selectedIndex = options.length && byId(side + "-search").value.trim() ? 0 : -1;
    showTogether();
  };
  const headline = (one, other, common) => {
    if (one === other) return words.samePerson;
    const slot = one.held.findIndex((meeting) => meeting && meeting.partner === other.number);
    if (slot >= 0) return words.theyMeet + " " + told.slots[slot] + ", " + words.table + " " + one.held[slot].table;
    return common.length ? words.bothFree + " " + common.map((slot) => told.slots[slot]).join(" · ") : words.neverBoth;
  };
  const showTogether = () => {
    const [one, other] = ["one", "other"].map((side) => byNumber.get(byId(side).value));
    if (!one || !other) {
      byId("both").replaceChildren();
      return;
    }
    const common = one === other ? [] : told.slots.map((_, slot) => slot)
      .filter((slot) => isFree(one, slot) && isFree(other, slot) && tablesLeft(slot).length);
    const rows = told.slots.map((_, slot) => {
      const left = tablesLeft(slot);
      const made = row(time(slot), make("td", "", state(one, slot)), make("td", "", state(other, slot)),
        make("td", "", common.includes(slot) ? "✓ " + left.slice(0, FEW).join(", ") + (left.length > FEW ? " …" : "") : ""));
      if (common.includes(slot)) made.className = "both";
      return made;
    });
    byId("both").replaceChildren(make("p", "box", make("b", "", headline(one, other, common))),
      table([words.time, one.name, other.name, words.tablesFree], rows));
  };

  const VIEWS = { summary: null, leaders: showLeaders, slots: showSlot, tables: showTable, together: showTogether, everything: null };
  const show = () => {
    const asked = location.hash.slice(1);
    const current = asked in VIEWS ? asked : "summary";
    for (const view of Object.keys(VIEWS)) byId(view).hidden = view !== current;
    for (const anchor of document.querySelectorAll("nav a")) {
      if (anchor.getAttribute("href") === "#" + current) anchor.setAttribute("aria-current", "page");
      else anchor.removeAttribute("aria-current");
    }
    if (VIEWS[current]) VIEWS[current]();
  };

  const options = (select, names) => select.append(...names.map((name) => make("option", "", name)));
  options(byId("slot"), told.slots);
  options(byId("table"), told.tables);
  for (const waiting of document.querySelectorAll("nav [hidden]")) waiting.hidden = false;
  // Where a search begins, the view changes at once, and the way back stays.
  const showFound = () => {
    if (location.hash !== "#leaders") history.pushState(null, "", "#leaders");
    show();
  };
  byId("search").addEventListener("input", showFound);
  byId("slot").addEventListener("change", showSlot);
  byId("table").addEventListener("change", showTable);
  for (const side of ["one", "other"]) {
    byId(side + "-search").addEventListener("input", () => fill(side));
    byId(side).addEventListener("change", showTogether);
    fill(side);
  }
  // The slash leads to the search, arrows lead through what it found, Escape empties it.
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId("search").focus();
    }
    const found = [...byId("found").querySelectorAll("summary")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = found.indexOf(document.activeElement);
    if (!step || byId("leaders").hidden || (at < 0 && document.activeElement !== byId("search"))) return;
    event.preventDefault();
    (found[at + step] || (at + step < 0 ? byId("search") : document.activeElement)).focus();
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") showFound();
  });
  window.addEventListener("beforeprint", () => {
    for (const details of byId("found").querySelectorAll("details")) details.open = true;
  });
  window.addEventListener("popstate", () => {
    show();
    window.scrollTo(0, 0);
  });
  show();
})();
