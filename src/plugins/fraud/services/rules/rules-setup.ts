import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { I18nService } from '@vendure/core';
import { rulesTranslations } from '../../rules-translations';

/** Where rules, lists and settings join the shop's other parts. */
@Injectable()
export class RulesSetup implements OnApplicationBootstrap {
  constructor(private readonly i18n: I18nService) {}

  onApplicationBootstrap(): void {
    for (const [language, resources] of Object.entries(rulesTranslations)) {
      this.i18n.addTranslation(language, resources);
    }
  }
}
