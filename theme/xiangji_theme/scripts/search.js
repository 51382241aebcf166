// Full-text search of the site. Results are only appended, so that nothing moves away under a finger.
// ES2017 at most, because old browser engines in WeChat run this.
(function () {
  var page = document.querySelector('.search');
  var form = page.querySelector('form');
  var input = form.querySelector('input');
  var status = page.querySelector('[role=status]');
  var list = page.querySelector('.hits');
  var again = page.querySelector('.again');
  var ways = page.querySelector('.ways');
  if (!window.fetch || !window.URLSearchParams) {
    status.textContent = '这台手机的浏览器太旧，不能直接找。从下面也找得到。';
    return;
  }
  form.classList.remove('wait');
  var most = 60;
  // The number of text files that are loaded before the reader asks for more: about 200 KB compressed.
  var unasked = 5;
  var files = {};
  var data = null;
  var entries = {};
  var read = 0;
  // Counts the searches, so that late answers for an earlier search are ignored.
  var turn = 0;
  var asked = 0;
  var words = [];
  var count = 0;
  var place = 0;
  var older = '';
  var onward;

  function get(name) {
    if (!files[name]) {
      files[name] = fetch(name).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      files[name].catch(function () { delete files[name]; });
    }
    return files[name];
  }

  // Lower-case, half-width letters. The length stays the same, so that positions fit the original text.
  function fold(text) {
    return text.replace(/[\uff01-\uff5e]/g, function (each) {
      return String.fromCharCode(each.charCodeAt(0) - 0xfee0);
    }).replace(/[\u3000\u00a0]/g, ' ').replace(/\u0130/g, 'i').toLowerCase();
  }

  function spelled(entry, word) {
    var letters = word.replace(/['’]/g, '');
    if (!/^[a-z0-9]+$/.test(letters)) return false;
    var parts = (entry.pinyin || '').split(' ');
    var initials = parts.map(function (each) { return each.charAt(0); }).join('');
    return initials.indexOf(letters) >= 0 ||
      parts.some(function (_, at) { return parts.slice(at).join('').indexOf(letters) === 0; });
  }

  // Letters are found where a word begins; inside of one ("la" in "plan") hardly anybody means them.
  function within(text, word) {
    var at = text.indexOf(word);
    while (at > 0 && /^[a-z]/.test(word) && /[a-z]/.test(text.charAt(at - 1))) at = text.indexOf(word, at + 1);
    return at >= 0;
  }

  // 4: in the title; 3: in its pinyin; 2: in the line below it; 1: inside of a word; 0: not found.
  function rank(entry, word) {
    return within(entry.name, word) ? 4 : spelled(entry, word) ? 3 : within(entry.rest, word) ? 2
      : entry.name.indexOf(word) >= 0 || entry.rest.indexOf(word) >= 0 ? 1 : 0;
  }

  function every(test) {
    return words.map(test).reduce(function (one, other) { return Math.min(one, other); });
  }

  function make(tag, into, text, name) {
    var made = into.appendChild(document.createElement(tag));
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  function marked(into, text) {
    var low = fold(text);
    if (/[\u0590-\u08ff]/.test(text)) into.dir = 'auto';
    for (var at = 0, next; ; at = next[0] + next[1]) {
      next = [-1, 0];
      words.forEach(function (word) {
        var found = low.indexOf(word, at);
        if (found >= 0 && (next[0] < 0 || found < next[0] || (found === next[0] && word.length > next[1]))) {
          next = [found, word.length];
        }
      });
      into.appendChild(document.createTextNode(text.slice(at, next[0] < 0 ? text.length : next[0])));
      if (next[0] < 0) return;
      make('mark', into, text.slice(next[0], next[0] + next[1]));
    }
  }

  function add(title, note, kind, address, wrong) {
    count++;
    if (count > most) return;
    var a = make('a', make('li', list), '', 'go');
    a.href = '../' + address;
    marked(make('b', a), title);
    make('span', a, kind, 'kind');
    (wrong || []).forEach(function (each) { make('span', a, each, 'alert'); });
    if (note) marked(make('span', a, '', 'muted'), note);
  }

  // The text around the first match.
  function piece(text, at) {
    var start = Math.max(0, at - 14);
    var part = text.slice(start, at + 46).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
    return (start ? '……' : '') + part + (at + 46 < text.length ? '……' : '');
  }

  function tell(going, trouble) {
    var more = count - most;
    status.textContent = going && !count ? '正在找……'
      : !count && !trouble ? '没有找到“' + input.value.trim() + '”，换个短一点的词试试。' + older
      : (count ? '找到 ' + count + ' 条' : '') +
        (more > 0 ? '，先列前 ' + most + ' 条，还有 ' + more + ' 条没有列；多写一个字找得准' : '') +
        (going ? '，还在找……' : (count ? '。' : '') + (trouble || older));
    again.hidden = !trouble;
    if (ways) ways.hidden = !!count && going;
    if (place) {
      scrollTo(0, place);
      if (!going || pageYOffset >= place - 1) place = 0;
    }
  }

  function titles() {
    var hits = [];
    data.entries.forEach(function (entry) {
      var found = every(function (word) { return rank(entry, word); });
      entry.turn = found ? turn : 0;
      if (found) hits.push([found, entry]);
    });
    [4, 3, 2, 1].forEach(function (found) {
      hits.forEach(function (hit) {
        if (hit[0] === found) add(hit[1].title, hit[1].note, hit[1].kind, hit[1].address, hit[1].marks);
      });
    });
  }

  // A lot matches by a part of its code, with or without hyphens, and by its product's name.
  function lots(found) {
    found.products.forEach(function (product) {
      if (product.more) older = '更早的批次，到“查批次”里按产品找。';
      var name = fold(product.name);
      product.lots.split(' ').forEach(function (lot, at) {
        var bare = fold(lot).replace(/-/g, '');
        var hit = every(function (word) {
          var letters = word.replace(/-/g, '');
          if (/\d/.test(letters) && (letters.length > 1 ? bare.indexOf(letters) >= 0 : bare === letters)) return 2;
          return name.indexOf(word) >= 0 ? 1 : 0;
        });
        if (hit && words.some(function (word) { return /\d/.test(word) && name.indexOf(word) < 0; })) {
          var state = product.words && product.words[product.states.charAt(at)];
          add(lot, product.name, '批次', product.address + lot + '/', state ? [state] : []);
        }
      });
    });
  }

  function texts(rows) {
    rows.forEach(function (row) {
      var entry = entries[row[0]];
      if (!entry || entry.turn === turn) return;
      var at = -1;
      var low = fold(row[1]);
      var found = every(function (word) {
        var here = low.indexOf(word);
        if (here >= 0 && at < 0) at = here;
        return here >= 0 || rank(entry, word) ? 1 : 0;
      });
      if (!found || at < 0) return;
      entry.turn = turn;
      add(entry.title, piece(row[1], at), entry.kind, entry.address, entry.marks);
    });
  }

  function remember(text) {
    try {
      history.replaceState(history.state, '', location.pathname + (text ? '?q=' + encodeURIComponent(text) : ''));
    } catch (error) {
      // Browsers refuse this for a page that was opened from a file.
    }
  }

  function show() {
    var mine = ++turn;
    var text = input.value.trim();
    words = fold(text).split(/ +/).filter(Boolean);
    remember(text);
    again.hidden = true;
    if (!words.length) {
      list.textContent = status.textContent = '';
      if (ways) ways.hidden = false;
      return;
    }

    // A step continues only for the current search. A failed step can be tried again.
    function then(name, step, trouble) {
      get(name).then(function (found) {
        if (mine === turn) step(found);
      }, function () {
        if (mine !== turn) return;
        onward = function () { then(name, step, trouble); };
        again.textContent = '再试一次';
        tell(false, trouble);
      });
    }

    function look(number) {
      if (number > data.texts || (/^[\u0000-\u007f]$/.test(words.join('')))) return tell(false);
      if (number > unasked + asked) {
        onward = function () { asked += unasked; look(number); };
        again.textContent = '接着在后面的正文里找';
        return tell(false, '前面的正文找完了。');
      }
      tell(true);
      // Wait for a pause in typing before anything is fetched.
      setTimeout(function () {
        if (mine !== turn) return;
        then('text-' + number + '.json', function (rows) {
          read = Math.max(read, number);
          texts(rows);
          look(number + 1);
        }, '信号不好，正文没有读完。');
      }, number > read ? 400 : 0);
    }

    if (!data) {
      list.textContent = '';
      count = 0;
      tell(true);
    }
    then('index.json', function (found) {
      if (!data) {
        data = found;
        data.entries.forEach(function (entry) {
          entry.name = fold(entry.title);
          entry.rest = fold((entry.note || '') + '\n' + entry.kind);
          entries[entry.address] = entry;
        });
      }
      list.textContent = older = '';
      count = 0;
      titles();
      if (!data.lots || !/\d/.test(words.join(''))) return look(1);
      tell(true);
      then('lots.json', function (found) {
        lots(found);
        look(1);
      }, '信号不好，批号没有读到。');
    }, '信号不好，没有读到目录。');
  }

  // The search is read from the address, so that going back, reloading and a shared link show the same.
  input.value = new URLSearchParams(location.search).get('q') || '';
  place = (history.state && history.state.y) || 0;
  input.addEventListener('input', function () { place = asked = 0; show(); });
  form.addEventListener('submit', function (event) { event.preventDefault(); input.blur(); });
  again.addEventListener('click', function () {
    again.hidden = true;
    tell(true);
    onward();
  });
  addEventListener('touchstart', function () { place = 0; });
  addEventListener('pagehide', function () { history.replaceState({y: pageYOffset}, ''); });
  if (input.value) show();
})();
