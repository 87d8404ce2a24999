import { script } from './script.ts';

// A channel's state is a hash: `epoch`, the number before its first (`begins`), and the last number (`head`). Its log
// is a stream in which a message's id is its number. The state outlives the log, so that numbers are not used twice.

const stateSeconds = 30 * 86_400;

const begin = `
  local state = redis.call('HMGET', KEYS[1], 'epoch', 'begins', 'head')
  if not state[1] then
    redis.call('DEL', KEYS[2])
    redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'begins', 0, 'head', 0)
    redis.call('EXPIRE', KEYS[1], ${stateSeconds})
    state = { ARGV[1], '0', '0' }
  end`;

/**
 * Numbers, stores and publishes a message; a repetition of its key is told the first one's position.
 * KEYS state log once; ARGV a new epoch, payload, topic, kept messages, kept seconds, key or ''. Answers epoch, number.
 */
export const publishStored = script(`${begin}
  if ARGV[6] ~= '' then
    local first = redis.call('GET', KEYS[3])
    if first then return { state[1], first } end
  end
  local number = redis.call('HINCRBY', KEYS[1], 'head', 1)
  redis.call('EXPIRE', KEYS[1], ${stateSeconds})
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], string.format('%.0f-0', number), 'payload', ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[5])
  if ARGV[6] ~= '' then redis.call('SET', KEYS[3], string.format('%.0f', number), 'EX', 86400) end
  redis.call('PUBLISH', ARGV[3], state[1] .. string.format(' %.0f ', number) .. ARGV[2])
  return { state[1], string.format('%.0f', number) }`);

/** Publishes in passing, once for a key. KEYS once; ARGV payload, channel. */
export const publishOnce = script(`
  if redis.call('SET', KEYS[1], '1', 'NX', 'EX', 86400) then redis.call('PUBLISH', ARGV[2], ARGV[1]) end
  return 1`);

/**
 * Reads what is stored; see `Broker.read`. KEYS state log; ARGV a new epoch, epoch and number to go on after (or ''),
 * how many. Answers epoch, begins, head, and the stream's entries, oldest first.
 */
export const readStored = script(`${begin}
  local entries = {}
  if ARGV[2] == '' then
    local newest = redis.call('XREVRANGE', KEYS[2], '+', '(' .. state[2] .. '-0', 'COUNT', ARGV[4])
    for at = #newest, 1, -1 do entries[#entries + 1] = newest[at] end
  elseif ARGV[2] == state[1] then
    entries = redis.call('XRANGE', KEYS[2], '(' .. ARGV[3] .. '-0', '+', 'COUNT', ARGV[4])
  end
  return { state[1], state[2], state[3], entries }`);

/** Begins another epoch after a number; see `Broker.renew`. KEYS state; ARGV a new epoch, the present one, number. */
export const renewStored = script(`
  if redis.call('HGET', KEYS[1], 'epoch') == ARGV[2] then
    redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'begins', ARGV[3])
  end
  return 1`);
