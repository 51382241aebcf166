// What a reader meets on a page, seen from inside the browser. Each probe only looks, but `enlarge`.
// Sizes are CSS pixels. Runs in a test browser, not on anybody's phone: today's JavaScript is fine.
window.probes = (() => {
  const SILENT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'TITLE']);
  const TARGETS = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button]';
  const style = (element, pseudo) => getComputedStyle(element, pseudo);
  const isShown = element => element.checkVisibility({visibilityProperty: true});
  const brief = text => text.replace(/\s+/g, ' ').trim().slice(0, 24);

  // Left of the page on purpose, until somebody tabs to it (a skip link).
  const isParked = box => box.right <= -100 || box.bottom <= -1000;

  // Every text that is drawn, with its element.
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || SILENT.has(element.tagName) || !isShown(element)) continue;
      found.push({node, element});
    }
    return found;
  }

  // How much smaller than its font size a text is drawn: a scaled drawing, a CSS transform.
  function scaleOf(element) {
    if (element.ownerSVGElement) return Math.abs(element.getScreenCTM().a);
    for (let each = element; each && each !== document.documentElement; each = each.parentElement) {
      if (style(each).transform === 'none' || !each.offsetWidth) continue;
      return element.getBoundingClientRect().width / element.offsetWidth || 1;
    }
    return 1;
  }

  // Sizes of all that can be read: text, fields and what they say while empty, generated text.
  function textSizes() {
    const sizes = texts().map(({node, element}) =>
      ({size: parseFloat(style(element).fontSize) * scaleOf(element), text: brief(node.data)}));
    for (const field of document.querySelectorAll('input:not([type=hidden]),select,textarea')) {
      if (!isShown(field) || /^(checkbox|radio|range|color)$/.test(field.type)) continue;
      const value = field.selectedOptions ? field.selectedOptions[0]?.text : field.value;
      const said = value || field.placeholder;
      if (!said) continue;
      const pseudo = value ? undefined : '::placeholder';
      sizes.push({size: parseFloat(style(field, pseudo).fontSize), text: brief(said)});
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (!isShown(element)) continue;
      for (const pseudo of ['::before', '::after']) {
        const {content, fontSize} = style(element, pseudo);
        if (/[\p{L}\p{N}]/u.test(content.replace(/url\([^)]*\)/g, '')) && !/^(none|normal)$/.test(content)) {
          sizes.push({size: parseFloat(fontSize), text: brief(content)});
        }
      }
    }
    return sizes.sort((one, other) => one.size - other.size);
  }

  const priceSizes = () => [...document.querySelectorAll('.price')].filter(isShown)
    .map(each => ({size: parseFloat(style(each).fontSize), text: brief(each.innerText)}))
    .sort((one, other) => one.size - other.size);

  // The nearest ancestor that stays in sight while the page scrolls.
  function layerOf(element) {
    for (let each = element; each; each = each.parentElement) {
      if (['fixed', 'sticky'].includes(style(each).position)) return each;
    }
    return null;
  }

  // A link in running text is as high as its line, and WCAG 2.5.8 lets it be.
  function isInRunningText(element) {
    if (style(element).display !== 'inline') return false;
    return [...element.parentElement.childNodes].some(
      each => each.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(each.data));
  }

  // What a thumb aims at: the smaller side of each target. `main`: in a bar at the bottom, or a button.
  function targets() {
    const found = [];
    for (const element of document.querySelectorAll(TARGETS)) {
      if (!isShown(element) || isInRunningText(element)) continue;
      const boxes = [element, ...(element.labels || [])].map(each => each.getBoundingClientRect());
      if (isParked(boxes[0])) continue;
      const side = Math.max(...boxes.map(box => Math.min(box.width, box.height)));
      const layer = layerOf(element);
      const atBottom = layer !== null && style(layer).bottom !== 'auto';
      const name = brief(element.innerText || element.getAttribute('aria-label') || element.tagName);
      found.push({size: side, text: name, main: atBottom || element.matches('.btn')});
    }
    return found.sort((one, other) => one.size - other.size);
  }

  // How many pixels of the page lie to the right of the screen, and what stands there.
  function sideways() {
    const width = document.documentElement.clientWidth;
    const over = document.scrollingElement.scrollWidth - width;
    const culprits = over <= 0 ? [] : [...document.body.querySelectorAll('*')]
      .filter(each => each.getBoundingClientRect().right > width + 1)
      .slice(0, 3).map(each => `${each.tagName} ${each.className} ${brief(each.innerText || '')}`);
    return {over: Math.max(0, over), culprits};
  }

  // As WeChat does it for a reader who set large type: every size is read first, then every one is set.
  function enlarge(factor) {
    const all = [document.body, ...document.body.querySelectorAll('*')];
    const sizes = all.map(each => parseFloat(style(each).fontSize));
    all.forEach((each, at) => each.style.setProperty('font-size', `${sizes[at] * factor}px`, 'important'));
  }

  // The lines of a text: as wide as they are, as high as the type, whatever the font's own line box.
  function linesOf({node, element}) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(style(element).fontSize) * scaleOf(element);
    return [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0).map(box => {
      const middle = (box.top + box.bottom) / 2;
      const half = Math.min(box.height, size) / 2;
      return {left: box.left, right: box.right, top: middle - half, bottom: middle + half};
    });
  }

  // Boxes around an element that cut off what does not fit, with the axes in which they do.
  function clippersOf(element) {
    const clippers = [];
    let freeX = false, freeY = false, untilPositioned = false;
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const {overflowX, overflowY, position, display} = style(each);
      const skipped = untilPositioned && position === 'static';
      if (!skipped && display !== 'inline') {
        untilPositioned = false;
        const x = !freeX && ['hidden', 'clip'].includes(overflowX);
        const y = !freeY && ['hidden', 'clip'].includes(overflowY);
        if (x || y) clippers.push({element: each, x, y, box: each.getBoundingClientRect()});
        freeX = freeX || ['auto', 'scroll'].includes(overflowX);
        freeY = freeY || ['auto', 'scroll'].includes(overflowY);
      }
      if (['absolute', 'fixed'].includes(position)) untilPositioned = true;
    }
    return {clippers, freeX};
  }

  // Said only to screen readers: a box of a pixel or two.
  const isUnseen = ({box}) => box.width <= 2 || box.height <= 2;

  // Texts of which a part cannot be seen: cut off by a box, or beyond the edge of the page.
  function cut() {
    const width = document.documentElement.clientWidth;
    const found = [];
    for (const text of texts()) {
      const {clippers, freeX} = clippersOf(text.element);
      if (clippers.some(isUnseen)) continue;
      for (const line of linesOf(text)) {
        if (isParked(line)) continue;
        const by = clippers.find(({x, y, box}) =>
          (x && (line.left < box.left - 1 || line.right > box.right + 1)) ||
          (y && (line.top < box.top - 1 || line.bottom > box.bottom + 1)));
        const beyond = !freeX && !clippers.length && (line.left < -1 || line.right > width + 1);
        if (!by && !beyond) continue;
        const where = by ? `${by.element.tagName} ${by.element.className}` : 'the page';
        found.push(`cut off by ${where.trim()}: ${brief(text.node.data)}`);
        break;
      }
    }
    return found;
  }

  // Texts that stick out of the button they stand on.
  function spilling() {
    const found = [];
    for (const text of texts()) {
      const target = text.element.closest(TARGETS);
      if (!target || style(target).display === 'inline') continue;
      const box = target.getBoundingClientRect();
      if (linesOf(text).some(line => line.left < box.left - 1 || line.right > box.right + 1 ||
          line.top < box.top - 1 || line.bottom > box.bottom + 1)) {
        found.push(`sticks out of its box: ${brief(text.node.data)}`);
      }
    }
    return found;
  }

  // Texts drawn over each other. A bar over the scrolling page is not meant, two texts in a bar are.
  function overlapping() {
    const lines = texts().flatMap(text => {
      const layer = layerOf(text.element);
      return linesOf(text).filter(line => !isParked(line)).map(line => ({...line, ...text, layer}));
    }).sort((one, other) => one.top - other.top);
    const found = [];
    lines.forEach((line, at) => {
      for (let next = at + 1; next < lines.length && lines[next].top < line.bottom - 3; next++) {
        const other = lines[next];
        const across = Math.min(line.right, other.right) - Math.max(line.left, other.left);
        const down = Math.min(line.bottom, other.bottom) - other.top;
        if (across <= 3 || down <= 3 || line.layer !== other.layer || line.node === other.node) continue;
        found.push(`over each other: ${brief(line.node.data)} / ${brief(other.node.data)}`);
      }
    });
    return [...new Set(found)];
  }

  // What pops up, stays in front or plays by itself.
  function floating() {
    const moving = [...document.querySelectorAll('audio[autoplay],video[autoplay],dialog[open],marquee')];
    const fixed = [...document.body.querySelectorAll('*')]
      .filter(each => style(each).position === 'fixed' && isShown(each));
    return [...moving, ...fixed].map(each => `${each.tagName} ${each.className}`);
  }

  return {
    textSizes, priceSizes, targets, sideways, enlarge, cut, spilling, overlapping, floating,
    texts: () => texts().map(({node}) => node.data.replace(/\s+/g, '')),
  };
})();
