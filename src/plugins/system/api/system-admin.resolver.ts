import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '@vendure/core';
import { readSystemStatus } from '../constants';
import { SystemService } from '../services/system.service';
import type { SystemStatus } from '../types';

@Resolver()
export class SystemAdminResolver {
  constructor(private readonly systemService: SystemService) {}

  @Query()
  @Allow(readSystemStatus.Permission)
  systemStatus(): Promise<SystemStatus> {
    return this.systemService.status();
  }
}
