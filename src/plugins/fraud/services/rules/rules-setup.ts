import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { I18nService } from '@vendure/core';
import { PersonalDataRegistry } from '../../../privacy';
import { rulesTranslations } from '../../rules-translations';
import { ListPersonalData } from './list-personal-data';

/** Where rules, lists and settings join the shop's other parts. */
@Injectable()
export class RulesSetup implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly i18n: I18nService,
    private readonly personalData: PersonalDataRegistry,
    private readonly lists: ListPersonalData,
  ) {}

  onModuleInit(): void {
    this.personalData.register(this.lists);
  }

  onApplicationBootstrap(): void {
    for (const [language, resources] of Object.entries(rulesTranslations)) {
      this.i18n.addTranslation(language, resources);
    }
  }
}
