"""From an understood question to the sentences that bear on it, each with the reasons why."""
