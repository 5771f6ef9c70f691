/** The directions of imports: what each folder may import. docs/architecture.md draws the picture. */
const part = (name, from, mayKnow) => ({
  name,
  comment: `${from} may import only ${mayKnow.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: {
    path: '^(cdk|functions|lib|local|packages|test|bench|tools)/',
    pathNot: [from, ...mayKnow].map((path) => `^${path}`),
  },
});

module.exports = {
  forbidden: [
    part('issuance-knows-nothing', 'lib/issuance', []),
    part('http-knows-issuance-errors', 'lib/http', ['lib/issuance']),
    part('signing', 'lib/signing', ['lib/issuance']),
    // The stages of an issuance know what an issuance is, and nothing of each other.
    part('accept', 'lib/accept', ['lib/issuance']),
    part('submit', 'lib/submit', ['lib/issuance']),
    part('confirm', 'lib/confirm', ['lib/issuance']),
    part('operate', 'lib/operate', ['lib/issuance']),
    part('sources', 'lib/sources', ['lib/issuance', 'lib/accept', 'lib/http']),
    part('providers', 'lib/providers', ['lib/issuance', 'lib/signing', 'lib/http']),
    // A provider brings the schema of its own settings, which makes up the environment's; so do sources, with their rules.
    part('config', 'lib/config', ['lib/providers', 'lib/sources', 'lib/issuance']),
    part('programs', 'lib/programs', ['lib/config', 'lib/providers', 'lib/issuance']),
    // Adapters implement ports, which stand beside the stage that needs them.
    part('aws', 'lib/aws', [
      'lib/issuance',
      'lib/accept/new-issuances',
      'lib/submit/facts',
      'lib/submit/circuit-breaker',
      'lib/confirm/poller-state',
      'lib/operate/erasure',
      'lib/operate/reconcile/oldest-issuances',
      'lib/signing',
      'lib/http',
      'lib/config',
      'lib/providers/definition',
      'lib/providers/call-rate',
    ]),
    part('functions', 'functions', ['lib']),
    // An alarm for every code and every log event: a new one without an alarm does not compile. The state machine knows
    // what its function answers.
    part('cdk', 'cdk', [
      'lib/config',
      'lib/issuance/error-codes',
      'lib/issuance/log-events',
      'lib/issuance/lookup-name',
      'lib/issuance/status',
      'lib/confirm/poller-state',
    ]),
    part('files', 'packages/files', []),
    part('client', 'packages/client', []),
    part('local-cloud', 'packages/local-cloud', ['packages/files']),
    part('provider-sandboxes', 'packages/provider-sandboxes', ['packages/files']),
    part('local', 'local', ['cdk', 'functions', 'lib', 'packages']),
    // Commands sign events as the samples do, and read the events that the local system received.
    part('tools', 'tools', ['cdk', 'functions', 'lib', 'local/senders', 'local/deliveries']),
    {
      name: 'no-function-knows-another',
      comment: 'What several functions bind in the same way is in functions/composition',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/($1|composition)/' },
    },
    {
      name: 'no-provider-knows-another',
      severity: 'error',
      from: { path: '^lib/providers/([^/]+)/' },
      to: { path: '^lib/providers/[^/]+/', pathNot: '^lib/providers/$1/' },
    },
    {
      name: 'only-adapters-know-aws',
      comment: 'The AWS SDK belongs behind the ports',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/aws/' },
      to: { path: 'node_modules/(@aws-sdk|@smithy|@aws-lambda-powertools)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-dev-packages-in-the-product',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
