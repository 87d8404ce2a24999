import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Exchange } from './exchange.ts';
import { sameJson } from './same-json.ts';

/** A content coding, as `Accept-Encoding` names it. */
export type Coding = 'gzip' | 'br';

/** Takes every compression of the same JSON, and nothing that is not compressed. */
export function compressedJson(coding: Coding, right: Buffer): Exchange['faultOf'] {
  const faultOfJson = sameJson(right);
  let known = Buffer.alloc(0);
  return (body) => {
    if (known.length > 0 && known.equals(body)) return undefined;
    const json = decode(body, coding);
    const fault = json === undefined ? `answers that are not in ${coding}` : faultOfJson(json);
    if (fault === undefined) known = Buffer.from(body); // the reader overwrites the bytes
    return fault;
  };
}

function decode(body: Buffer, coding: Coding): Buffer | undefined {
  try {
    return coding === 'br' ? brotliDecompressSync(body) : gunzipSync(body);
  } catch {
    return undefined;
  }
}
