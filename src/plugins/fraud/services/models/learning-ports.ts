export { FraudVersionsService } from '../rules/fraud-versions.service';
export { FraudSettingsService } from '../rules/settings.service';
