import { freeAt, saleable, type LocationStock, type VariantStock } from './plan-allocation';

/**
 * A location's stock of a variant, beside what was told about it. What checkouts hold is left out: most holds end as
 * an allocation or soon, and a checkout that comes and goes with the last unit is no news.
 */
export interface WatchedLocation extends Omit<LocationStock, 'held'> {
  /** At this many saleable units or fewer, stock is low; null where nobody wants to know. */
  lowThreshold: number | null;
  /** Whether it was told that stock is low here, and it was not above the threshold since. */
  toldLow: boolean;
  /** The channels that the location serves. */
  channels: readonly string[];
}

export interface WatchedVariant extends Omit<VariantStock, 'locations'> {
  /** A variant that was deleted is not told about any more. */
  deleted: boolean;
  /** The channels that sell the variant. */
  channels: readonly string[];
  /** The channels in which it was seen to be sold out. */
  soldOutIn: readonly string[];
  locations: readonly WatchedLocation[];
}

export interface WatchChanges {
  /** Fell to the threshold or below: told now. */
  low: { locationId: string; saleable: number; threshold: number }[];
  /** Above the threshold again, or not watched any more: the next fall is told. */
  recovered: string[];
  soldOut: string[];
  /** Can be had again. `saleable` is null without a limit. */
  backIn: { channelId: string; saleable: number | null }[];
  /** Not sold there any more: forgotten in silence. */
  forgotten: string[];
}

/** What has changed about a variant since it was looked at last. */
export function watchChanges(variant: WatchedVariant): WatchChanges {
  const watched = !variant.deleted && variant.tracked;
  const changes: WatchChanges = { low: [], recovered: [], soldOut: [], backIn: [], forgotten: [] };
  for (const location of variant.locations) {
    const { locationId, lowThreshold: threshold, toldLow } = location;
    const free = freeAt({ ...location, held: 0 });
    const low = watched && threshold !== null && free <= threshold;
    if (low && !toldLow) changes.low.push({ locationId, saleable: free, threshold });
    else if (!low && toldLow) changes.recovered.push(locationId);
  }
  const channels = variant.deleted ? [] : variant.channels;
  for (const channelId of channels) {
    const left = saleableIn(variant, channelId);
    const known = variant.soldOutIn.includes(channelId);
    if (left === 0 && !known) changes.soldOut.push(channelId);
    else if (left !== 0 && known) changes.backIn.push({ channelId, saleable: left });
  }
  changes.forgotten = variant.soldOutIn.filter(channelId => !channels.includes(channelId));
  return changes;
}

/** What a channel can sell of a variant; null without a limit. */
export function saleableIn(variant: WatchedVariant, channelId: string): number | null {
  if (!variant.tracked) return null;
  const locations = variant.locations.filter(({ channels }) => channels.includes(channelId));
  const unheld = locations.map(location => ({ ...location, held: 0 }));
  return unheld.length === 0 ? 0 : saleable({ ...variant, locations: unheld });
}

export function isEmpty(changes: WatchChanges): boolean {
  return Object.values(changes).every((list: unknown[]) => list.length === 0);
}
