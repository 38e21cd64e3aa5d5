import { formatDateTime } from '@tradewind/admin-ui-kit';
import React from 'react';
import type { Place, Station } from './lifecycle-track';
import { statusName } from './timeline-text';

/** Drawn in each station's circle, so that colour is not all that tells them apart. */
const SIGNS: Record<Place, string> = { done: '✓', passed: '»', here: '●', ahead: '' };

/** The life cycle as a line with the order on it; the ways out of it are a line of their own. */
export function LifecyclePicture({ main, exits }: { main: readonly Station[]; exits: readonly Station[] }) {
  return (
    <div className="tw-lifecycle">
      <ol className="tw-track" aria-label="Life cycle of the order">
        {main.map(station => (
          <TrackStation key={station.status} station={station} />
        ))}
      </ol>
      <ul className="tw-track tw-track-exits" aria-label="Ways out of the life cycle">
        {exits.map(station => (
          <TrackStation key={station.status} station={station} />
        ))}
      </ul>
    </div>
  );
}

function TrackStation({ station: { status, place, at } }: { station: Station }) {
  return (
    <li className={`tw-station tw-station-${place}`} aria-current={place === 'here' ? 'step' : undefined}>
      <span className="tw-station-sign" aria-hidden="true">
        {SIGNS[place]}
      </span>
      <span className="tw-station-text">
        <span className="tw-station-name">{statusName(status)}</span>
        <span className="tw-station-note">{placeText(place, at)}</span>
      </span>
    </li>
  );
}

function placeText(place: Place, at: string | undefined): string {
  switch (place) {
    case 'here':
      return at === undefined ? 'Now' : `Now, since ${formatDateTime(at)}`;
    case 'done':
      return formatDateTime(at ?? null);
    case 'passed':
      return 'Passed over';
    case 'ahead':
      return 'Not reached';
  }
}
