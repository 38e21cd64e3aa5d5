import { Order, TransactionalConnection, type Injector, type RequestContext } from '@vendure/core';
import { nearest, type Coordinates, type LocationPlace } from '../rules/nearest';
import type { LocationRanking } from '../rules/plan-allocation';
import type { LocationStrategy, RankedFor } from './location-strategy';

interface PlaceRow extends LocationPlace {
  /** The order's shipping address, as core's simple-json column has it. */
  address: string | null;
}

/**
 * The location nearest to the order's shipping address first, as `rules/nearest.ts` says. The middle of a country is
 * taken from `world-countries`. One statement for each order.
 */
export class NearestLocationStrategy implements LocationStrategy {
  private connection!: TransactionalConnection;
  private centres = new Map<string, Coordinates>();

  async init(injector: Injector): Promise<void> {
    this.connection = injector.get(TransactionalConnection);
    // Not loaded at all by shops that rank otherwise: it is more than a megabyte.
    const { default: countries } = await import('world-countries');
    this.centres = new Map(
      countries.map(({ cca2, latlng: [latitude, longitude] }) => [cca2, { latitude, longitude }]),
    );
  }

  async ranking(ctx: RequestContext, wantedFor: RankedFor): Promise<LocationRanking> {
    const byOrder = 'orderId' in wantedFor;
    const rows: PlaceRow[] = await this.connection.getRepository(ctx, Order).manager.query(
      `SELECT o."shippingAddress" AS address, s.id::text AS "locationId",
              s."customFieldsCountrycode" AS "countryCode", s."customFieldsPostalcode" AS "postalCode",
              s."customFieldsLatitude" AS latitude, s."customFieldsLongitude" AS longitude
       FROM "order" o CROSS JOIN stock_location s
       JOIN stock_location_channels_channel c ON c."stockLocationId" = s.id AND c."channelId" = $2
       WHERE o.id = ${byOrder ? '$1' : '(SELECT "orderId" FROM order_line WHERE id = $1)'}`,
      [byOrder ? wantedFor.orderId : wantedFor.orderLineId, ctx.channelId],
    );
    const address = parse(rows[0]?.address);
    return nearest(
      { countryCode: text(address.countryCode), postalCode: text(address.postalCode) },
      rows,
      country => this.centres.get(country),
    );
  }
}

function parse(address: string | null | undefined): Record<string, unknown> {
  const value: unknown = address == null ? {} : JSON.parse(address);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
