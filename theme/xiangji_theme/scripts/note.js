// The shopping note: turns the wanted products into a text to send or to read out on the phone.
(function () {
  var page = document.querySelector('.note');
  if (!page || !window.fetch) return;
  var list = page.querySelector('.wants');
  var empty = page.querySelector('.nothing');
  var send = page.querySelector('.send');
  var text = page.querySelector('textarea');
  var copy = page.querySelector('.copy');
  var calls = page.querySelector('.calls');
  var saved = page.querySelector('.saved');
  var status = page.querySelector('[role=status]');
  var shop = page.getAttribute('data-shop');

  function rows(entries) {
    var byId = {};
    entries.forEach(function (each) { byId[each.id] = each; });
    return Object.keys(store.wants()).map(function (want) {
      var cut = want.indexOf('|');
      var entry = byId[want.slice(0, cut)];
      var variant = want.slice(cut + 1);
      var known = entry && (entry.variants || []).filter(function (each) { return each[0] === variant; })[0];
      return {want: want, entry: entry, variant: variant, there: entry && !entry.unsold && (known || !variant),
        price: known && known[1] ? Number(known[1]) : 0, count: store.count(want)};
    });
  }

  function yuan(value) {
    return String(Math.round(value * 100) / 100);
  }

  function words(there) {
    var lines = there.map(function (row, at) {
      return (at + 1) + '. ' + row.entry.name + (row.variant ? '（' + row.variant + '）' : '') + '×' + row.count +
        (row.price ? '，标价 ' + yuan(row.price) + ' 元' : '，没有标价');
    });
    var sum = there.reduce(function (all, row) { return all + row.price * row.count; }, 0);
    var end = sum ? '标价合计 ' + yuan(sum) + ' 元，没算运费。' : '';
    return '您好，我在“' + shop + '”看到这些，想要：\n' + lines.join('\n') + '\n' + end + '请问有货吗？怎么寄？';
  }

  function stepper(row) {
    var step = make('span', 'step on');
    [['-', '−', '少一份'], ['+', '＋', '加一份']].forEach(function (each) {
      var button = make('button', '', each[1]);
      button.type = 'button';
      button.value = each[0];
      button.setAttribute('aria-label', each[2] + ' ' + (row.entry ? row.entry.name : '') + ' ' + row.variant);
      button.onclick = function () {
        var at = Array.from(list.querySelectorAll('button')).indexOf(button);
        store.want(row.want, row.count + (each[0] === '+' ? 1 : -1));
        draw();
        // The list was drawn again, so the focus is set back for keyboards and screen readers.
        var again = list.querySelectorAll('button');
        if (again.length) again[Math.min(at, again.length - 1)].focus();
        status.textContent = '现在 ' + store.count(row.want) + ' 份';
      };
      step.appendChild(button);
      if (each[0] === '-') step.appendChild(make('output', '', String(row.count)));
    });
    return step;
  }

  function item(row) {
    var li = make('li');
    var name = li.appendChild(make('span'));
    var link = name.appendChild(make(row.entry ? 'a' : 'b', '', row.entry ? row.entry.name : row.want.split('|')[0]));
    if (row.entry) link.href = row.entry.href;
    name.appendChild(make('span', 'muted', row.there ? [row.variant, row.price ? '¥' + yuan(row.price) : ''].join(' ').trim()
      : row.entry && row.entry.unsold ? row.entry.shipping : '小店里现在没有了'));
    (row.entry && row.entry.marks || []).forEach(function (each) { name.appendChild(make('span', 'alert', each)); });
    li.appendChild(stepper(row));
    return li;
  }

  function phones(there) {
    var seen = {};
    calls.textContent = '';
    there.forEach(function (row) {
      (row.entry.calls || []).forEach(function (call) {
        if (seen[call[1]]) return;
        seen[call[1]] = true;
        var a = make('a', 'btn', '打电话念：' + call[0]);
        a.href = 'tel:' + call[1];
        calls.appendChild(a);
      });
    });
  }

  function draw() {
    store.load().then(function (entries) {
      var all = rows(entries);
      var there = all.filter(function (row) { return row.there; });
      list.textContent = '';
      all.forEach(function (row) { list.appendChild(item(row)); });
      empty.hidden = all.length > 0;
      send.hidden = !there.length;
      text.value = words(there);
      text.style.height = 'auto';
      if (there.length) text.style.height = text.scrollHeight + 4 + 'px';
      phones(there);
      var liked = store.saved().map(function (id) {
        return entries.filter(function (each) { return each.id === id; })[0];
      }).filter(Boolean);
      saved.hidden = !liked.length;
      var box = saved.querySelector('div');
      box.textContent = '';
      liked.forEach(function (each) { box.appendChild(card(each)); });
      if (!store.kept()) status.textContent = '这台手机不让网页记东西，关掉这一页就没有了';
    }, function () {
      status.textContent = '信号不好，没有读到目录。等一下再打开这一页，记下的还在。';
    });
  }

  copy.addEventListener('click', function () {
    function done(ok) {
      status.textContent = ok ? '复制好了，去微信里粘贴' : '长按上面的字，选“全选”，再选“复制”';
    }
    text.focus();
    text.select();
    text.setSelectionRange(0, text.value.length);
    var old = false;
    try { old = document.execCommand('copy'); } catch (error) { old = false; }
    if (old || !navigator.clipboard) done(old);
    else navigator.clipboard.writeText(text.value).then(function () { done(true); }, function () { done(false); });
  });
  addEventListener('pageshow', function () { store.again(); draw(); });
})();
