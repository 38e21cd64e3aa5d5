import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import maxmind, { type Reader, type Response } from 'maxmind';
import { FRAUD_PLUGIN_OPTIONS, loggerCtx } from '../../constants';
import type { FraudPluginOptions } from '../../options';

export interface IpLocation {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** A record of DB-IP's city database in the form of `@ip-location-db`. */
interface CityRecord {
  readonly country_code?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

type Opening = Promise<Reader<Response> | null>;

/**
 * Where an IP address is, by the bundled database of DB-IP. The files are large (63 and 71 MB): each is read into memory
 * once, when the first address of its kind is asked for, beside the process's other work. One that is not there is told
 * once, and its signals are missing.
 */
@Injectable()
export class IpLocationService {
  private readonly readers: Partial<Record<'ipv4' | 'ipv6', Opening>> = {};

  constructor(@Inject(FRAUD_PLUGIN_OPTIONS) private readonly options: FraudPluginOptions) {}

  /** Reads the file for most addresses, so that the first shopper does not wait for it. */
  warm(): void {
    void this.reader('ipv4');
  }

  /** @returns undefined where there is no database; empty for an address that it does not have */
  async locate(ip: string): Promise<IpLocation | undefined> {
    const reader = await this.reader(isIPv6(ip) ? 'ipv6' : 'ipv4');
    if (reader === null) return undefined;
    const record = reader.get(ip) as CityRecord | null;
    const { country_code: country, latitude, longitude } = record ?? {};
    const located = Number.isFinite(latitude) && Number.isFinite(longitude);
    return {
      ...(country !== undefined && /^[A-Z]{2}$/.test(country) ? { country } : {}),
      ...(located ? { latitude: latitude as number, longitude: longitude as number } : {}),
    };
  }

  private reader(kind: 'ipv4' | 'ipv6'): Opening {
    return (this.readers[kind] ??= this.open(kind));
  }

  private async open(kind: 'ipv4' | 'ipv6'): Opening {
    const file = this.options.ipDatabases?.[kind];
    if (file === undefined) return null;
    try {
      return await maxmind.open<Response>(file);
    } catch (error) {
      Logger.error(`No addresses of ${kind} can be located: ${(error as Error).message}`, loggerCtx);
      return null;
    }
  }
}
