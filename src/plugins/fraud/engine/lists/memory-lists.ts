import { isIP } from 'node:net';
import { normalizeIp } from '../../../../common/ip-address';
import type { Lists } from '../../types';
import { isDecidingList, splitKind } from '../rules/meaningful-lists';
import { normalizeText } from '../rules/normalize-text';
import { addressBits, parseNetwork } from './list-value';

/** From which version of the lists on, and up to which, a value is in one. */
export interface ListSpan {
  readonly addedIn: number;
  /** The first version without it; null as long as it is there. */
  readonly removedIn: number | null;
}

type Spans = ListSpan | ListSpan[];

class MemoryList {
  private readonly values = new Map<string, Spans>();
  /** Networks by family, then by the length of their prefix: as many look-ups as there are lengths. */
  private readonly networks: Record<4 | 6, Map<number, Map<bigint, Spans>>> = { 4: new Map(), 6: new Map() };

  add(value: string, span: ListSpan): void {
    const { kind, rest } = splitKind(value);
    const bare = kind === 'ip' ? rest : value;
    const network = bare.includes('/') ? parseNetwork(bare) : undefined;
    if (network === undefined) return put(this.values, value, span);
    const byLength = this.networks[network.family];
    const ofLength = byLength.get(network.prefix) ?? new Map<bigint, Spans>();
    byLength.set(network.prefix, ofLength);
    put(ofLength, network.bits, span);
  }

  has(value: string, version: number): boolean {
    const spans = this.values.get(value);
    return spans !== undefined && covers(spans, version);
  }

  hasAddress(address: string, version: number): boolean {
    const family = isIP(address) === 4 ? 4 : 6;
    const all = family === 4 ? 32 : 128;
    const byLength = this.networks[family];
    if (byLength.size === 0) return false;
    const bits = addressBits(address);
    for (const [prefix, ofLength] of byLength) {
      const spare = BigInt(all - prefix);
      const spans = ofLength.get((bits >> spare) << spare);
      if (spans !== undefined && covers(spans, version)) return true;
    }
    return false;
  }
}

/**
 * All lists in memory, also as they were in earlier versions: a backtest asks what live scoring was told.
 */
export class MemoryLists {
  private readonly lists = new Map<string, MemoryList>();

  constructor(names: Iterable<string>) {
    for (const name of names) this.lists.set(name, new MemoryList());
  }

  /** @param value as `normalizeListValue` gives it */
  add(list: string, value: string, span: ListSpan): void {
    const found = this.lists.get(list) ?? new MemoryList();
    this.lists.set(list, found);
    found.add(value, span);
  }

  at(version: number): Lists {
    return {
      version,
      has: (name, text) => {
        const list = this.lists.get(name);
        if (list === undefined) return undefined;
        const value = normalizeText(text);
        const { kind, rest } = isDecidingList(name) ? splitKind(value) : { kind: null, rest: value };
        const bare = kind === null || kind === 'ip' ? rest : undefined;
        const address = bare === undefined ? undefined : normalizeIp(bare);
        if (address === undefined) return list.has(value, version);
        const written = kind === null ? address : `${kind}:${address}`;
        return list.has(written, version) || list.hasAddress(address, version);
      },
    };
  }
}

function put<K>(map: Map<K, Spans>, key: K, span: ListSpan): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, span);
  else if (Array.isArray(known)) known.push(span);
  else map.set(key, [known, span]);
}

function covers(spans: Spans, version: number): boolean {
  if (Array.isArray(spans)) return spans.some(span => covers(span, version));
  return spans.addedIn <= version && (spans.removedIn === null || version < spans.removedIn);
}
