// Search and filters of the catalogue.
(function () {
  var form = document.querySelector('.find form');
  var found = document.querySelector('.found');
  var shelf = document.querySelector('.shelf');
  if (!form || !window.fetch || !window.URLSearchParams) return;
  var input = form.querySelector('input');
  var status = found.querySelector('[role=status]');
  var list = found.querySelector('div');
  var filters = Array.from(document.querySelectorAll('.pick'));
  var tab = shelf.getAttribute('data-tab');
  var whole = shelf.hasAttribute('data-whole');
  var now = new Date();
  var month = now.getMonth() + 1;
  var today = now.getFullYear() + '-' + ('0' + month).slice(-2) + '-' + ('0' + now.getDate()).slice(-2);
  var most = 60;
  form.classList.remove('wait');

  // Mark what is in season by the phone's date, because the site may have been built in another month.
  shelf.querySelectorAll('[data-m]').forEach(function (each) {
    var on = each.getAttribute('data-m').split(' ').indexOf(String(month)) >= 0;
    each.classList.toggle('s', on);
  });
  shelf.querySelectorAll('[data-u]').forEach(function (each) {
    if (!over(each.getAttribute('data-u'))) return;
    each.classList.remove('r');
    each.querySelectorAll('.alert').forEach(function (one) { one.remove(); });
    var name = each.querySelector('b');
    name.parentNode.insertBefore(make('span', 'alert', EXPIRED), name.nextSibling);
  });
  var season = document.querySelector('[for=f-s]');
  if (season) season.textContent = month + ' 月当季';

  function picked() {
    return filters.filter(function (each) { return each.checked; }).map(function (each) { return each.value; });
  }

  function passes(entry, marks) {
    return marks.every(function (mark) {
      if (mark === 'r') return entry.ready;
      if (mark === 's') return (entry.months || []).indexOf(month) >= 0;
      return entry.certified >= today;
    });
  }

  // 2: in the name; 1: elsewhere, or as pinyin or pinyin initials; 0: not found.
  function rank(entry, wanted) {
    if (entry.name.toLowerCase().indexOf(wanted) >= 0) return 2;
    // Sizes contain no-break spaces.
    var rest = [entry.note, entry.category, entry.makers].join(' ').replace(/\u00a0/g, ' ').toLowerCase();
    if (rest.indexOf(wanted) >= 0) return 1;
    var letters = wanted.replace(/['’ ]/g, '');
    if (!/^[a-z0-9]+$/.test(letters)) return 0;
    var parts = entry.pinyin.split(' ');
    var initials = parts.map(function (each) { return each.charAt(0); }).join('');
    if (initials.indexOf(letters) >= 0) return 1;
    return parts.some(function (_, at) { return parts.slice(at).join('').indexOf(letters) === 0; }) ? 1 : 0;
  }

  function remember(text, marks) {
    var query = new URLSearchParams();
    if (text) query.set('q', text);
    if (marks.length) query.set('f', marks.join(''));
    var tail = query.toString();
    try {
      history.replaceState(history.state, '', location.pathname + (tail ? '?' + tail : '') + location.hash);
    } catch (error) {
      // Browsers refuse this for a page that was opened from a file.
    }
  }

  function empties() {
    shelf.querySelectorAll('section').forEach(function (each) {
      each.hidden = !Array.from(each.querySelectorAll('.good')).some(function (one) { return one.offsetParent; });
    });
  }

  function draw(text, wanted, marks, entries) {
    var hits = entries.map(function (entry) {
      var fits = passes(entry, marks) && (wanted || entry.tab === tab);
      return [fits ? (wanted ? rank(entry, wanted) : 1) : 0, entry];
    }).filter(function (each) { return each[0]; });
    hits.sort(function (a, b) { return b[0] - a[0]; });
    list.textContent = '';
    hits.slice(0, most).forEach(function (each) { list.appendChild(card(each[1])); });
    status.textContent = hits.length > most ? '找到 ' + hits.length + ' 样，先看前 ' + most + ' 样；多写一个字找得准'
      : hits.length ? '找到 ' + hits.length + ' 样'
      : text ? '没有找到“' + text + '”，换个短一点的词试试' : '这一栏现在没有';
    if (history.state && history.state.y) {
      scrollTo(0, history.state.y);
      history.replaceState(null, '');
    }
  }

  function show() {
    var text = input.value.trim();
    var wanted = text.toLowerCase();
    var marks = picked();
    var asked = wanted || (marks.length && !whole);
    remember(text, marks);
    shelf.hidden = !!asked;
    found.hidden = !asked;
    if (!asked) {
      shelf.querySelectorAll('section').forEach(function (each) { each.hidden = false; });
      if (marks.length) empties();
      return;
    }
    store.load().then(function (entries) {
      if (input.value.trim() === text) draw(text, wanted, marks, entries);
    }, function () {
      status.textContent = '信号不好，没有读到目录。下面按类别也能找到。';
      shelf.hidden = false;
    });
  }

  // The state is read from the address, so that going back, reloading and a shared link show the same.
  var asked = new URLSearchParams(location.search);
  if (asked.get('q')) input.value = asked.get('q');
  filters.forEach(function (each) {
    if ((asked.get('f') || '').indexOf(each.value) >= 0) each.checked = true;
    each.addEventListener('change', show);
  });
  input.addEventListener('input', show);
  form.addEventListener('submit', function (event) { event.preventDefault(); input.blur(); });
  addEventListener('pagehide', function () {
    if (!found.hidden) history.replaceState({y: pageYOffset}, '');
  });
  addEventListener('pageshow', function () { store.again(); });
  if (input.value || picked().length) show();

  // Mark the visible category in the side navigation.
  if (window.IntersectionObserver) {
    var links = document.querySelectorAll('.side a[href^="#"]');
    var watch = new IntersectionObserver(function (seen) {
      seen.forEach(function (each) {
        if (!each.isIntersecting) return;
        links.forEach(function (link) {
          if (link.hash === '#' + each.target.id) link.setAttribute('aria-current', 'true');
          else link.removeAttribute('aria-current');
        });
      });
    }, {rootMargin: '-10% 0px -80% 0px'});
    shelf.querySelectorAll('section').forEach(function (each) { watch.observe(each); });
  }
})();
