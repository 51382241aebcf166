// Stores the visitor's wanted and saved products on this phone. Nothing is sent anywhere.
// ES2017 at most, because old browser engines in WeChat run this.
var store = (function () {
  var place = document.querySelector('[data-index]').getAttribute('data-index');
  var index = new URL(place, location.href);
  // The path of the index is part of the key, so that two villages on one host do not share their data.
  var key = 'xiangji:' + index.pathname;
  var kept = true;
  var goods = null;
  var data = {wants: {}, saved: []};

  function read() {
    try {
      var found = JSON.parse(localStorage.getItem(key) || '{}');
      data.wants = found.wants && typeof found.wants === 'object' ? found.wants : {};
      data.saved = Array.isArray(found.saved) ? found.saved : [];
    } catch (error) {
      kept = error instanceof SyntaxError;
    }
  }

  function write() {
    try {
      localStorage.setItem(key, JSON.stringify(data));
    } catch (error) {
      kept = false;
    }
  }

  // Shows the number of wanted variants beside every link to the shopping note.
  function tell() {
    var count = Object.keys(data.wants).length;
    document.querySelectorAll('.count').forEach(function (each) {
      each.textContent = count || '';
    });
  }

  read();
  tell();
  return {
    kept: function () { return kept; },
    again: function () { read(); tell(); },
    wants: function () { return data.wants; },
    saved: function () { return data.saved; },
    count: function (want) { return data.wants[want] || 0; },
    want: function (want, count) {
      if (count > 0) data.wants[want] = Math.min(count, 999);
      else delete data.wants[want];
      write();
      tell();
    },
    save: function (id, on) {
      data.saved = data.saved.filter(function (each) { return each !== id; });
      if (on) data.saved.unshift(id);
      write();
    },
    // Loads all products of the shop, once and only on demand.
    load: function () {
      if (goods) return Promise.resolve(goods);
      return fetch(index.href).then(function (answer) { return answer.json(); }).then(function (found) {
        goods = found.entries;
        goods.forEach(function (each) {
          each.href = new URL('../' + each.address, index).href;
          each.src = each.picture && new URL('../' + each.picture, index).href;
          if (over(each.until)) {
            each.marks = [EXPIRED];
            // What is ordered beforehand is still to be made.
            if (each.shipping !== '预订') {
              each.shipping = UNSOLD;
              each.unsold = true;
              each.ready = false;
            }
          }
        });
        return goods;
      });
    }
  };
})();

// The site was built on another day: what is said of the last good day goes by the phone's.
var EXPIRED = '批次都已过期';
var UNSOLD = '现在没有能卖的批次';
function over(until) {
  var now = new Date();
  var today = now.getFullYear() + '-' + ('0' + (now.getMonth() + 1)).slice(-2) + '-' + ('0' + now.getDate()).slice(-2);
  return !!until && until < today;
}

function make(tag, name, text) {
  var made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  if (/[\u0590-\u08ff]/.test(text)) made.dir = 'auto';
  return made;
}

// Makes a product card, with the same HTML as in the pages.
function card(entry) {
  var a = make('a', 'good');
  a.href = entry.href;
  if (entry.src) {
    var img = make('img');
    img.alt = '';
    img.width = img.height = 120;
    // A phone that does not support WebP loads the JPEG instead.
    img.onerror = function () { img.onerror = null; img.src = entry.src; };
    img.src = entry.src.replace(/\.jpg$/, '.webp');
    a.appendChild(img);
  } else {
    a.appendChild(make('span', 'blank serif', entry.name.charAt(0)));
  }
  var words = a.appendChild(make('span'));
  words.appendChild(make('b', '', entry.name));
  (entry.marks || []).forEach(function (each) { words.appendChild(make('span', 'alert', each)); });
  if (entry.note) words.appendChild(make('span', 'muted', entry.note));
  var line = words.appendChild(make('span', 'muted'));
  if (entry.price) {
    line.appendChild(make('span', 'price', '¥' + entry.price));
    line.appendChild(document.createTextNode((entry.several ? '起 ' : ' ')));
  }
  line.appendChild(document.createTextNode(entry.shipping || (entry.price ? '' : entry.category)));
  return a;
}
