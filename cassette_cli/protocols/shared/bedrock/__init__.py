"""What the APIs of AWS Bedrock have in common: errors, base64 of JSON, and the requests that models take natively."""
