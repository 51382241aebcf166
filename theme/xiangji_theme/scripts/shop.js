// Search in the catalogue. Old engines of WeChat run this: nothing newer than ES2017.
(function () {
  var form = document.querySelector('.find form');
  var found = document.querySelector('.found');
  var shelf = document.querySelector('.shelf');
  if (!form || !window.fetch) return;
  var input = form.querySelector('input');
  var status = found.querySelector('[role=status]');
  var list = found.querySelector('div');
  var goods = null;
  form.hidden = false;

  function load() {
    if (goods) return Promise.resolve(goods);
    var address = form.getAttribute('data-index');
    return fetch(address).then(function (answer) { return answer.json(); }).then(function (data) {
      var root = new URL(address, location.href);
      goods = data.entries.map(function (entry) {
        entry.href = new URL('../' + entry.address, root).href;
        entry.text = [entry.name, entry.note, entry.category, entry.makers].join(' ').toLowerCase();
        return entry;
      });
      return goods;
    });
  }

  function card(entry) {
    var a = document.createElement('a');
    a.className = 'good';
    a.href = entry.href;
    var picture = document.createElement(entry.picture ? 'img' : 'span');
    if (entry.picture) {
      picture.src = new URL('../' + entry.picture, new URL(form.getAttribute('data-index'), location.href)).href;
      picture.alt = '';
      picture.width = picture.height = 96;
    } else {
      picture.className = 'blank';
    }
    var words = document.createElement('span');
    var name = document.createElement('b');
    name.textContent = entry.name;
    words.appendChild(name);
    if (entry.note) {
      var note = document.createElement('span');
      note.className = 'muted';
      note.textContent = entry.note;
      words.appendChild(note);
    }
    a.appendChild(picture);
    a.appendChild(words);
    return a;
  }

  function show() {
    var wanted = input.value.trim().toLowerCase();
    shelf.hidden = !!wanted;
    found.hidden = !wanted;
    if (!wanted) return;
    load().then(function (entries) {
      if (input.value.trim().toLowerCase() !== wanted) return;
      var hits = entries.filter(function (entry) { return entry.text.indexOf(wanted) >= 0; });
      list.textContent = '';
      hits.slice(0, 50).forEach(function (entry) { list.appendChild(card(entry)); });
      status.textContent = hits.length ? '找到 ' + hits.length + ' 样' : '没有找到“' + input.value.trim() + '”，换个短一点的词试试';
    }, function () {
      status.textContent = '信号不好，没有读到目录。下面按类别也能找到。';
      shelf.hidden = false;
    });
  }

  input.addEventListener('input', show);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  if (input.value) show();
})();
