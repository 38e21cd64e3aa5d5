import { geoDistance, geoGraticule10, geoNaturalEarth1, geoPath } from 'd3-geo';
import React, { useId, useMemo } from 'react';
import { feature, mesh } from 'topojson-client';
import world from 'world-atlas/countries-110m.json';
import type { MapView, Marker } from './map-view';

const WIDTH = 640;
const HEIGHT = 340;
const MARGIN = 8;
/** Outlines are too coarse to be seen from nearer. */
const MAX_SCALE = 900;

const countries = feature(world, world.objects.countries);
const byNumber = new Map(countries.features.map(country => [String(country.id), country]));
const borders = mesh(world, world.objects.countries, (a, b) => a !== b);

/** The places of a case on a map of the world. The outlines come with the page: nobody is asked for them. */
export default function WorldMap({ view, summary }: { view: MapView; summary: string }) {
  const title = useId();
  const description = useId();
  const clip = useId();
  const known = view.countries.flatMap(each => {
    const shape = byNumber.get(each.number);
    return shape === undefined ? [] : [{ ...each, shape }];
  });
  const { path, at } = useMemo(() => {
    const projection = geoNaturalEarth1().fitExtent(
      [
        [MARGIN, MARGIN],
        [WIDTH - MARGIN, HEIGHT - MARGIN],
      ],
      {
        type: 'GeometryCollection',
        geometries: [view.around, ...known.map(({ shape }) => shape.geometry)],
      },
    );
    const [longitude, latitude] = centre(view.markers);
    if (projection.scale() > MAX_SCALE && view.markers.length > 0) {
      projection.scale(MAX_SCALE).translate([WIDTH / 2, HEIGHT / 2]);
      const [x, y] = projection([longitude, latitude]) ?? [WIDTH / 2, HEIGHT / 2];
      projection.translate([WIDTH - x, HEIGHT - y]);
    }
    return { path: geoPath(projection), at: projection };
  }, [view]);
  const ip = view.markers.find(({ sign }) => sign === 'ip');
  const billing = view.markers.find(({ sign }) => sign === 'billing');
  const line =
    ip === undefined || billing === undefined || geoDistance(pointOf(ip), pointOf(billing)) < 0.001
      ? undefined
      : path({ type: 'LineString', coordinates: [pointOf(ip), pointOf(billing)] });

  return (
    <figure className="tw-map">
      <svg role="img" aria-labelledby={`${title} ${description}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        <title id={title}>Map of the places</title>
        <desc id={description}>{summary}</desc>
        <clipPath id={clip}>
          <rect width={WIDTH} height={HEIGHT} />
        </clipPath>
        <g clipPath={`url(#${clip})`}>
          <path className="tw-map-lines" d={path(geoGraticule10()) ?? ''} />
          <path className="tw-map-land" d={path(countries) ?? ''} />
          {known.map(({ sign, name, shape }) => (
            <path key={sign} className={`tw-map-country tw-map-${sign}`} d={path(shape) ?? ''}>
              <title>{name}</title>
            </path>
          ))}
          <path className="tw-map-borders" d={path(borders) ?? ''} />
          {line != null && <path className="tw-map-way" d={line} />}
          {view.markers.map(marker => {
            const [x, y] = at(pointOf(marker)) ?? [0, 0];
            return (
              <g key={marker.sign} className={`tw-map-${marker.sign}`} transform={`translate(${x} ${y})`}>
                <MarkerSign sign={marker.sign} />
                <title>{marker.name}</title>
              </g>
            );
          })}
        </g>
      </svg>
      <ul className="tw-chart-legend" aria-hidden="true">
        {view.markers.map(({ sign, name }) => (
          <li key={sign} className={`tw-map-${sign}`}>
            <svg width="18" height="16" viewBox="-9 -8 18 16">
              <MarkerSign sign={sign} />
            </svg>
            {name}
          </li>
        ))}
        {known.map(({ sign, name }) => (
          <li key={sign} className={`tw-map-${sign}`}>
            <svg width="18" height="16" viewBox="-9 -8 18 16">
              <rect className="tw-map-country" x={-8} y={-6} width={16} height={12} />
            </svg>
            {name}: only the country is known
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** A circle, a square and a triangle: told apart without their colours. */
function MarkerSign({ sign }: { sign: Marker['sign'] }) {
  switch (sign) {
    case 'ip':
      return <circle r={6} />;
    case 'billing':
      return <rect x={-5} y={-5} width={10} height={10} />;
    case 'shipping':
      return <path d="M0,-7 L7,5 L-7,5 Z" />;
  }
}

function pointOf({ longitude, latitude }: Marker): [number, number] {
  return [longitude, latitude];
}

function centre(markers: readonly Marker[]): [number, number] {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return [mean(markers.map(({ longitude }) => longitude)), mean(markers.map(({ latitude }) => latitude))];
}
