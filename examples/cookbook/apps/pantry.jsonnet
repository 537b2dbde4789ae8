// What is in the pantry: the same program in Jsonnet, without a load balancer, so its own health check speaks for it.
local ecs = import 'include/ecs.libsonnet';

{
  scheduler: ecs.scheduler { desired_count: 1 },
  app: {
    image: 'jubako-recipes',
    tag: '1',
    memory: 128,
    cpu: 64,
    port_mappings: [{ container_port: 8080, host_port: 0 }],
    health_check: {
      command: ['CMD', '/recipes', 'healthcheck'],
      interval: 5,
      timeout: 5,
      retries: 2,
    },
    env: {
      // The app's name is known from the file's name.
      RECIPES_VERSION: std.extVar('appId') + '-1',
      RECIPES_LOG_LEVEL: std.native('provide.file')(std.toString({ path: 'include/shared.env' }), 'LOG_LEVEL'),
    },
  },
  owner: 'pantry',
  monitoring: { rules: { except: ['AppLatencyHigh'] } },
  alerts: [
    {
      alert: 'PantryIdle',
      expr: 'sum(rate(http_requests_total{app="pantry", route!="/healthz"}[30m])) == 0',
      'for': '1h',
      labels: { severity: 'info' },
      annotations: { summary: 'Nobody has asked the pantry for an hour' },
    },
  ],
}
