// Joins the channel that the URL names, shows what arrives, and connects again when the connection ends.

const mostMessages = 200;
const longestPause = 20_000; // ms
const shortestPause = 250; // ms

const status = document.getElementById('status');
const messages = document.getElementById('messages');
const channel = new URLSearchParams(location.search).get('channel') ?? '';

document.getElementById('channel').value = channel;
if (channel) connect(0);

function connect(attempt) {
  const socket = new WebSocket(addressOf(channel));
  socket.binaryType = 'arraybuffer';
  let opened = false;
  say(`Joining ${channel} …`);
  socket.addEventListener('open', () => {
    opened = true;
    say(`Listening to ${channel}.`);
  });
  socket.addEventListener('message', ({ data }) => show(data));
  socket.addEventListener('close', () => {
    const failures = opened ? 0 : attempt + 1;
    const pause = pauseAfter(failures);
    say(`Not connected; trying again in ${Math.ceil(pause / 1000)} s.`);
    setTimeout(connect, pause, failures);
  });
}

// Relative to the page, so that it works behind a gateway that serves it under a path of its own.
function addressOf(name) {
  const url = new URL('ws', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ channel: name }).toString();
  return url;
}

// Full jitter: after a restart of the service not all pages come back at once.
function pauseAfter(failures) {
  return shortestPause + Math.random() * Math.min(longestPause, 1000 * 2 ** failures);
}

function show(data) {
  const item = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString();
  const content = document.createElement('pre');
  const binary = typeof data !== 'string';
  content.textContent = binary ? hexOf(data) : data;
  content.className = binary ? 'binary' : 'text';
  item.append(time, content);
  messages.prepend(item);
  while (messages.childElementCount > mostMessages) messages.lastElementChild.remove();
}

function hexOf(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function say(text) {
  status.textContent = text;
}
