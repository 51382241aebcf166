"""Signs texts, and checks signatures: signed notes of C2SP, with Ed25519."""
