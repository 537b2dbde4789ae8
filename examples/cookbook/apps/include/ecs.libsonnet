// What all apps of the cookbook have in common.
{
  scheduler: {
    type: 'ecs',
    region: 'us-east-1',
    cluster: 'default',
    deployment_configuration: {
      minimum_healthy_percent: 100,
      maximum_percent: 200,
    },
  },
}
