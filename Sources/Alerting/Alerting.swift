// The receiver of alerts, its outbox, and Slack.
