"""What a recording says, changed on purpose: interactions dropped or moved, replies given other texts and arguments."""
