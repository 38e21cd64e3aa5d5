import { addNavMenuSection } from '@vendure/admin-ui/core';
import { READ_MODELS } from './models.query';
import { READ_REVIEW } from './review.query';
import { READ_RULES } from './rules.query';

const READERS = [READ_REVIEW, READ_RULES, READ_MODELS];

export default [
  addNavMenuSection(
    {
      id: 'fraud',
      label: 'Fraud',
      icon: 'shield',
      collapsible: true,
      requiresPermission: permissions => READERS.some(each => permissions.includes(each)),
      items: [
        {
          id: 'fraud-review',
          label: 'Fraud review',
          icon: 'eye',
          routerLink: ['/extensions/fraud/review'],
          requiresPermission: READ_REVIEW,
        },
        {
          id: 'fraud-rules',
          label: 'Fraud rules',
          icon: 'filter',
          routerLink: ['/extensions/fraud/rules'],
          requiresPermission: READ_RULES,
        },
        {
          id: 'fraud-lists',
          label: 'Lists and settings',
          icon: 'list',
          routerLink: ['/extensions/fraud/lists'],
          requiresPermission: READ_RULES,
        },
        {
          id: 'fraud-models',
          label: 'Fraud models',
          icon: 'tree-view',
          routerLink: ['/extensions/fraud/models'],
          requiresPermission: READ_MODELS,
        },
        {
          id: 'fraud-drift',
          label: 'Fraud drift',
          icon: 'line-chart',
          routerLink: ['/extensions/fraud/drift'],
          requiresPermission: READ_MODELS,
        },
      ],
    },
    'customers',
  ),
];
