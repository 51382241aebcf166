// The product page: the wanted quantity, and whether the product is saved.
(function () {
  var place = document.querySelector('[data-good]');
  if (!place) return;
  var id = place.getAttribute('data-good');
  var status = document.querySelector('.told');
  var save = document.querySelector('.save');

  if (over(place.getAttribute('data-u'))) {
    place.querySelectorAll('.step').forEach(function (each) { each.remove(); });
    var named = place.querySelector('.named');
    named.parentNode.insertBefore(make('p', 'notice', EXPIRED + '：' + UNSOLD), named.nextSibling);
  }

  function liked() {
    var on = store.saved().indexOf(id) >= 0;
    save.setAttribute('aria-pressed', String(on));
    return on;
  }

  function steppers() {
    place.querySelectorAll('.step').forEach(function (each) {
      var count = store.count(id + '|' + each.getAttribute('data-variant'));
      each.querySelector('output').textContent = count || '';
      each.classList.toggle('on', count > 0);
      each.classList.remove('wait');
    });
  }

  function say(text) {
    status.textContent = text + (store.kept() ? '' : '。这台手机不让网页记东西，关掉就没有了');
  }

  place.addEventListener('click', function (event) {
    var button = event.target.closest('.step button');
    if (!button) return;
    var step = button.parentNode;
    var variant = step.getAttribute('data-variant');
    var want = id + '|' + variant;
    store.want(want, store.count(want) + (button.value === '+' ? 1 : -1));
    steppers();
    name();
    var count = store.count(want);
    say(count ? '意向单里有 ' + count + ' 份' + variant : '从意向单里拿掉了');
  });
  // The main button takes the first size along, so that nobody reaches an empty list from here.
  var first = place.querySelector('.step');
  var list = document.querySelector('.bar .main .count');
  function chosen() {
    return Array.from(place.querySelectorAll('.step')).some(function (each) {
      return store.count(id + '|' + each.getAttribute('data-variant')) > 0;
    });
  }
  if (first && list) list.parentNode.addEventListener('click', function () {
    if (!chosen()) store.want(id + '|' + first.getAttribute('data-variant'), 1);
  });
  function name() {
    if (first && list) list.parentNode.firstChild.data = chosen() ? '看意向单' : '写进意向单';
  }
  save.addEventListener('click', function () {
    var on = !liked();
    store.save(id, on);
    liked();
    say(on ? '收藏了，在意向单那一页能找到' : '不再收藏');
  });
  // Proofs are folded where a script can open them again; on paper they are all open.
  var folds = Array.prototype.slice.call(document.querySelectorAll('.fold'));
  function fold(open) { folds.forEach(function (each) { each.open = open; }); }
  if (!location.hash) fold(false);
  addEventListener('beforeprint', function () { fold(true); });

  var strip = document.querySelector('.strip');
  var dots = Array.prototype.slice.call(document.querySelectorAll('.dots a'));
  dots.forEach(function (dot, number) {
    dot.addEventListener('click', function (event) {
      event.preventDefault();
      strip.scrollLeft = number * strip.clientWidth;
    });
  });
  if (dots.length) strip.addEventListener('scroll', function () {
    var shown = Math.round(strip.scrollLeft / strip.clientWidth);
    dots.forEach(function (dot, number) {
      if (number === shown) dot.setAttribute('aria-current', 'true');
      else dot.removeAttribute('aria-current');
    });
  }, {passive: true});
  save.classList.remove('wait');
  liked();
  steppers();
  name();
  addEventListener('pageshow', function () { store.again(); liked(); steppers(); name(); });
})();
