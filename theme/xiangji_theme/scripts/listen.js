// Makes time links move the audio player, and reads pages without a recording aloud.
(function () {
  var section = document.getElementById('listen');
  if (!section) return;
  var players = Array.from(section.querySelectorAll('audio'));

  function seek(player, seconds) {
    function go() {
      player.currentTime = seconds;
      var playing = player.play();
      // The browser may refuse to play; then the promise is rejected, and nothing more can be done.
      if (playing && playing.catch) playing.catch(function () {});
    }
    if (player.readyState) return go();
    // Old engines ignore a position before the metadata is loaded.
    player.addEventListener('loadedmetadata', go, {once: true});
    player.load();
  }

  players.forEach(function (player) {
    var links = Array.from(player.parentNode.querySelectorAll('a[href*="#t="]'));
    var times = links.map(function (link) { return parseFloat(link.hash.slice(3)); });
    links.forEach(function (link, at) {
      link.addEventListener('click', function (event) {
        event.preventDefault();
        seek(player, times[at]);
      });
    });
    player.addEventListener('play', function () {
      players.forEach(function (other) { if (other !== player) other.pause(); });
    });
    player.addEventListener('timeupdate', function () {
      links.forEach(function (link, at) {
        var on = player.currentTime >= times[at] && !(player.currentTime >= times[at + 1]);
        link.parentNode.parentNode.classList.toggle('now', on && !player.ended);
      });
    });
  });

  var button = section.querySelector('button');
  var speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  var voice = null;
  // This reference keeps some engines from garbage-collecting an utterance before it ends.
  var saying = null;
  // The number of the current reading, so that late events of an earlier one are ignored.
  var turn = 0;

  // The button's place is reserved from the start, so that the text does not jump when it appears.
  function look() {
    var voices = Array.from(speech.getVoices() || []).filter(function (each) {
      return /^(zh|cmn)/i.test(each.lang) && !/HK|MO/i.test(each.lang);
    });
    voice = voices.filter(function (each) { return each.localService; })[0] || voices[0] || null;
    section.classList.toggle('mute', !voice);
  }

  // Title and text in sentences, because some engines stop within a long utterance.
  function pieces() {
    var text = '';
    var block = null;
    Array.from(document.querySelectorAll('main h1,main .sub,main .prose')).forEach(function (root) {
      var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        var parent = walker.currentNode.parentElement;
        if (parent.closest('.badge,figcaption,[aria-hidden]')) continue;
        var now = parent.closest('p,li,td,th,b,h1,h2,h3,h4');
        if (now !== block) text += '\n';
        block = now;
        text += walker.currentNode.data;
      }
    });
    return (text.match(/[^。！？；\n]+[。！？；”’」）]*/g) || []).map(function (each) {
      return each.trim();
    }).filter(Boolean);
  }

  function stop() {
    turn += 1;
    saying = null;
    speech.cancel();
    button.textContent = '念给我听';
    button.nextElementSibling.hidden = true;
  }

  function say(left, mine) {
    if (mine !== turn) return;
    if (!left.length) return stop();
    saying = new SpeechSynthesisUtterance(left[0]);
    saying.voice = voice;
    saying.lang = voice.lang;
    saying.onend = function () { say(left.slice(1), mine); };
    saying.onerror = function () { if (mine === turn) stop(); };
    speech.speak(saying);
  }

  button.addEventListener('click', function () {
    var reading = !!saying;
    stop();
    if (reading) return;
    button.textContent = '停下';
    button.nextElementSibling.hidden = false;
    say(pieces(), turn);
  });
  addEventListener('pagehide', stop);
  speech.onvoiceschanged = look;
  look();
})();
