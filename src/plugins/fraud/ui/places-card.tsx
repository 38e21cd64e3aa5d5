import { DefinitionList } from '@tradewind/admin-ui-kit';
import { Card } from '@vendure/admin-ui/react';
import React, { Suspense, lazy } from 'react';
import { mapViewOf, placeTexts } from './map-view';
import type { Places } from './review.query';

/** Outlines of all countries are some 100 kB: only who looks at a case loads them. */
const WorldMap = lazy(() => import('./world-map'));

/** Where the shopper seems to be, and where the order is billed and sent to. */
export function PlacesCard({ places }: { places: Places }) {
  const view = mapViewOf(places);
  const texts = placeTexts(places);
  return (
    <Card title="Places">
      <DefinitionList items={texts} />
      {view.markers.length + view.countries.length === 0 ? (
        <p className="tw-empty tw-below">No place is known well enough for the map.</p>
      ) : (
        <Suspense fallback={<p className="tw-empty tw-below">Loading the map …</p>}>
          <WorldMap view={view} summary={texts.map(({ term, value }) => `${term}: ${value}`).join('. ')} />
        </Suspense>
      )}
    </Card>
  );
}
