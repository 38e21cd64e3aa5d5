import { PluginCommonModule, VendurePlugin } from '@vendure/core';
import { PersonalDataRegistry } from './services/personal-data-registry';

/**
 * Holds the port through which every plugin exports, erases and classifies the personal data that it keeps. What uses
 * it (a customer's request, consent and its history) belongs here too and is not in this release.
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: '^3.7.0',
  providers: [PersonalDataRegistry],
  exports: [PersonalDataRegistry],
})
export class PrivacyPlugin {}
