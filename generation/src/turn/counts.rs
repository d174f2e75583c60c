//! What requests cost.

use protocol::generate::GenerateEvent;

/// Tokens and money of one or several requests.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) prompt: u64,
    pub(super) completion: u64,
    pub(super) cost_micro_usd: Option<u64>,
}

impl Counts {
    pub(super) fn plus(self, other: Self) -> Self {
        let costs = [self.cost_micro_usd, other.cost_micro_usd];
        Self {
            prompt: self.prompt.saturating_add(other.prompt),
            completion: self.completion.saturating_add(other.completion),
            cost_micro_usd: costs.into_iter().flatten().reduce(u64::saturating_add),
        }
    }

    pub(super) fn event(self) -> GenerateEvent {
        GenerateEvent::Usage {
            prompt_tokens: self.prompt,
            completion_tokens: self.completion,
            cost_micro_usd: self.cost_micro_usd,
        }
    }
}
