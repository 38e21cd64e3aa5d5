import type { History, PartScore, Reason, Signals } from '../types';
import { reputationOf } from './reputation';

/** The architecture's numbers. */
const POINTS = { unknown: 20, bad: 50, suspicious: 25, spoofed: 30, far: 15 } as const;
const FAR_KM = 1_000;
const MOST = 100;

/**
 * What the device, and where it is, speak for. Without a fingerprint of the device nobody can say whether it is known:
 * that is missing, and gives no points.
 */
export function deviceScore(signals: Signals, history: History): PartScore {
  const { deviceKnown } = history;
  const device = history.entities.device;
  const spoofed = signals['device.spoofed'];
  const distance = signals['ip.billingDistanceKm'];
  const nothing = [deviceKnown, device, spoofed, distance].every(value => value === undefined);
  if (nothing) {
    return { part: 'device', score: null, reasons: [], missing: 'nothing known of the device' };
  }
  const reasons: Reason[] = [];
  const add = (code: string, points: number, facts: Reason['facts'] = {}) =>
    reasons.push({ code: `device.${code}`, points, facts });
  if (deviceKnown === false) add('unknown', POINTS.unknown);
  if (device !== undefined) {
    const outcomes = device.outcomes.all;
    const reputation = reputationOf(outcomes);
    if (reputation === 'bad' || reputation === 'suspicious') {
      add(`reputation_${reputation}`, POINTS[reputation], { good: outcomes.good, bad: outcomes.bad });
    }
  }
  if (spoofed === true) add('spoofed', POINTS.spoofed);
  if (typeof distance === 'number' && distance > FAR_KM) {
    add('far_from_billing', POINTS.far, { distanceKm: Math.round(distance), limit: FAR_KM });
  }
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  return { part: 'device', score: Math.min(sum, MOST), reasons };
}
