// Slides that are too full go on below: their blocks are measured where they are shown, and the next slide begins
// before the first block that would leave the page. Then reveal.js takes over.
const PAGE = { width: 1280, height: 720, bottom: 28 };

function pieces(block) {
  const table = block.querySelector("table");
  const listing = block.querySelector("pre"); // of code; what it prints may follow
  if (table && table.tBodies[0]) return rows(block, table);
  if (listing) return lines(block, listing);
  return null;
}

// A long table or a long listing is cut into two blocks, so that the first one fits into so many pixels.
function rows(block, table) {
  const body = table.tBodies[0];
  const all = [...body.rows];
  return (room) => {
    // Row by row: how high a row is depends on the columns, and these on the rows that are there.
    all.forEach((row) => row.remove());
    const over = all.findIndex((row) => {
      body.append(row);
      return block.offsetHeight > room;
    });
    if (over < 1) {
      body.append(...all);
      return null;
    }
    const fits = over === all.length - 1 && over > 2 ? over - 1 : over; // a last row does not stand alone
    const rest = block.cloneNode(true);
    all.slice(fits).forEach((row) => row.remove());
    rest.querySelector("tbody").replaceChildren(...all.slice(fits));
    return rest;
  };
}

function lines(block, listing) {
  return (room) => {
    const rest = block.cloneNode(true);
    const others = [...block.querySelectorAll("pre")].slice(1);
    if (others.length) {
      others.forEach((other) => other.remove());
      if (block.offsetHeight <= room) {
        rest.querySelector("pre").remove();
        return rest;
      }
    }
    const all = listing.textContent.split("\n");
    for (let n = all.length - 1; n >= 2; n--) {
      listing.textContent = all.slice(0, n).join("\n");
      if (block.offsetHeight <= room) {
        rest.querySelector("pre").textContent = all.slice(n).join("\n");
        return rest;
      }
    }
    listing.textContent = all.join("\n");
    listing.parentElement.append(...others);
    return null;
  };
}

function bottom(element, section) {
  return element.getBoundingClientRect().bottom - section.getBoundingClientRect().top;
}

// A formula that is too wide or too high is made smaller, but never so small that it can't be read; then it may be scrolled.
function narrow(section) {
  for (const formula of section.querySelectorAll(".formula")) {
    const large = () => formula.scrollWidth > formula.clientWidth + 1 || formula.offsetHeight > PAGE.height - 150;
    for (let size = 34; size > 24 && large(); size--) formula.style.fontSize = `${size - 1}px`;
    if (formula.scrollWidth > formula.clientWidth + 1) formula.style.overflowX = "auto";
  }
}

// A table that is too wide loses its last columns; the notebook has them all.
function narrowTables(section) {
  for (const table of section.querySelectorAll("table")) {
    while (table.rows[0].cells.length > 2 && table.getBoundingClientRect().width > PAGE.width - 110) {
      for (const row of table.rows) row.deleteCell(-1);
    }
  }
}

function follow(section) {
  const next = document.createElement("section");
  const heading = section.querySelector("h2").cloneNode(true);
  heading.className = "again";
  next.append(heading);
  section.after(next);
  return next;
}

function isLead(block) {
  return block.querySelector("p.point") && !block.querySelector(".guess");
}

// What is said at a block is said at the page that it came to, and once where it was cut.
function tell(sections) {
  const told = new Set();
  for (const section of sections) {
    const notes = document.createElement("aside");
    notes.className = "notes";
    for (const said of section.querySelectorAll(".say")) {
      if (!told.has(said.innerHTML)) notes.insertAdjacentHTML("beforeend", said.innerHTML);
      told.add(said.innerHTML);
      said.remove();
    }
    if (notes.innerHTML) section.append(notes);
  }
}

// A picture that has a page to itself is as large as the page.
function enlarge(section) {
  const blocks = section.querySelectorAll(":scope > .block");
  if (blocks.length === 1) for (const image of blocks[0].querySelectorAll("figure > img")) image.style.maxHeight = "556px";
}

function paginate(section) {
  narrow(section);
  narrowTables(section);
  const room = PAGE.height - PAGE.bottom;
  const blocks = [...section.querySelectorAll(":scope > .block")];
  const over = blocks.findIndex((block, k) => bottom(block, section) > room || (k > 0 && "begins" in block.dataset));
  if (over < 0) return;
  const block = blocks[over];
  let moved = blocks.slice(over);
  if (bottom(block, section) > room) {
    const top = bottom(block, section) - block.offsetHeight;
    const cut = pieces(block);
    const begins = over === 0 || (over === 1 && blocks[0].querySelector("p.point")); // the whole slide is not enough
    const high = block.querySelector("table") && block.offsetHeight > PAGE.height - 150 && room - top > 200;
    if (cut && (begins || high)) {
      const rest = cut(room - top);
      if (rest) moved = [rest, ...moved.slice(1)];
      else if (over === 0) moved = moved.slice(1);
    } else if (over === 0) moved = moved.slice(1);
    if (!moved.length) return;
    if (moved[0] === block) {
      // A lead does not stay behind alone, nor does a last sentence stand alone: what they are about goes with them.
      const withLead = (k) => (k > 1 && isLead(blocks[k - 1]) ? k - 1 : k);
      let from = withLead(over);
      if (moved.length === 1 && (isLead(block) || block.querySelector(":scope > ol, :scope > ul")) && over > 1) {
        const about = withLead(over - 1);
        const high = bottom(block, section) - bottom(blocks[about], section) + blocks[about].offsetHeight;
        from = high < room - 100 ? about : over;
      }
      moved = blocks.slice(from);
    }
  }
  const next = follow(section);
  next.append(...moved);
  paginate(next);
}

async function begin() {
  const stage = document.querySelector(".slides");
  await Promise.all([...stage.querySelectorAll("img")].map((image) => image.decode().catch(() => null)));
  document.querySelector(".reveal section section").classList.add("first");
  document.body.classList.add("measuring");
  for (const section of [...stage.querySelectorAll("section > section")]) paginate(section);
  document.body.classList.remove("measuring");
  const pages = [...stage.querySelectorAll("section > section")];
  tell(pages);
  pages.forEach(enlarge);
  await Reveal.initialize({
    width: PAGE.width, height: PAGE.height, margin: 0, center: false, hash: true, slideNumber: "c/t", transition: "none",
    backgroundTransition: "none", controlsTutorial: false, plugins: [RevealNotes],
  });
  document.documentElement.dataset.ready = "yes";
}

begin();
