"""Tokens of forges, registries of packages, and services that build, test and publish."""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.catalogue.base import END64, key
from cassette_cli.redaction.rules import Rule
from cassette_cli.redaction.validators import checked, random_looking

FORGES: list[Rule] = [
    key("github-token", "ghp_ gho_ ghu_ ghs_ ghr_", r"[A-Za-z0-9]{36}", "https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/", valid=checked),
    key("github-token", "ghp_ gho_ ghu_ ghs_ ghr_", r"(?:[A-Za-z0-9_.-]{59,1000}[A-Za-z0-9_-]|[A-Za-z0-9]{40,59})", "https://github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available/, which says that tokens may grow", valid=random_looking),
    key("github-token", "github_pat_", r"[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github; kingfisher: github-fine-grained-pat"),
    key("gitlab-token", "glpat- gldt- glrt-", r"(?:t[0-9]_)?[A-Za-z0-9_-]{27,300}\.[0-9a-z]{2}(?:\.[0-9a-z]{2}[0-9a-z]{7}|[0-9a-z]{7})", "kingfisher: gitlab-pat-routable, gitlab-pat-routable-versioned"),
    key("gitlab-token", "glpat- gldt- glrt- glft- glsoat- glffct-", r"[A-Za-z0-9_-]{20,50}", "https://docs.gitlab.com/security/tokens/#token-prefixes; detect-secrets: GitLabTokenDetector"),
    key("gitlab-token", "glcbt-", r"(?:[0-9a-zA-Z]{1,5}_)?[A-Za-z0-9_-]{20,50}", "kingfisher: gitlab-cicd-job-token"),
    key("gitlab-token", "glptt-", r"[0-9a-f]{40}", "kingfisher: gitlab-ptt"),
    key("gitlab-token", "glimt-", r"[A-Za-z0-9_-]{25}", "kingfisher: gitlab-incoming-mail-token"),
    key("gitlab-token", "glagent-", r"[A-Za-z0-9_-]{50,1024}", "detect-secrets: GitLabTokenDetector"),
    key("gitlab-token", "gloas-", r"[A-Za-z0-9_-]{64}", "detect-secrets: GitLabTokenDetector"),
    key("gitlab-token", "GR1348941", r"[A-Za-z0-9_-]{20,50}", "detect-secrets: GitLabTokenDetector"),
    key("bitbucket-token", "ATBB", r"[A-Za-z0-9]{24}[0-9A-F]{8}", "https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/"),
    key("bitbucket-token", "ATCTT3xFfG", r"[A-Za-z0-9_=-]{60,300}", "https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/"),
    key("bitbucket-token", "BBDC-", r"[A-Za-z0-9+/]{32,64}={0,2}", "kingfisher: bitbucket-data-center-token", end=END64),
    key("atlassian-token", "ATATT3xFfGF0", r"[A-Za-z0-9_-]{60,240}=[0-9A-F]{8}", "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/; kingfisher: atlassian-api-token"),
    key("trello-token", "ATTA", r"[0-9a-f]{64}[0-9A-F]{8}", "https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/"),
    # Registries.
    key("npm-token", "npm_", r"[A-Za-z0-9]{36}", "https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/; kingfisher: npm-access-token", valid=checked),
    key("pypi-token", "pypi-", r"AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,1000}", "https://pypi.org/help/#apitoken; kingfisher: pypi-upload-token"),
    key("rubygems-token", "rubygems_", r"[0-9a-f]{48}", "kingfisher: rubygems-api-token"),
    key("crates-token", "cio", r"[A-Za-z0-9]{32}", "kingfisher: crates-io-api-key", valid=random_looking),
    key("docker-token", "dckr_pat_", r"[A-Za-z0-9_-]{27}", "https://docs.docker.com/security/access-tokens/; kingfisher: dockerhub-personal-access-token"),
    key("docker-token", "dckr_oat_", r"[A-Za-z0-9_-]{32}", "kingfisher: dockerhub-organization-access-token"),
    key("docker-swarm-key", "SWMTKN-1-", r"[a-z0-9]{50,60}-[a-z0-9]{24,30}", "https://docs.docker.com/engine/swarm/join-nodes/; kingfisher: docker-swarm-join-token"),
    key("docker-swarm-key", "SWMKEY-1-", r"[A-Za-z0-9+/]{40,50}", "kingfisher: docker-swarm-unlock-key", end=END64),
    key("nuget-key", "oy2", r"[a-z0-9]{43}", "gitleaks: nuget; https://learn.microsoft.com/nuget/nuget-org/scoped-api-keys", valid=random_looking),
    key("packagist-token", "packagist_", r"(?:(?:ort|out)_[0-9a-f]{68}|acs_[0-9a-f]{64,96}|ack_[0-9a-f]{28,32})", "kingfisher: packagistorgreadtoken, packagistsecret"),
    key("clojars-token", "CLOJARS_", r"[a-z0-9]{60}", "kingfisher: clojars-api-token"),
    key("artifactory-key", "AKCp", r"[A-Za-z0-9]{68,70}", "kingfisher: artifactory-api-key"),
    key("artifactory-key", "cmVmd", r"[A-Za-z0-9]{59}", "kingfisher: artifactory-reference-token"),
    # Building, testing, publishing.
    key("circleci-token", "CCIPAT_ CCIPRJ_", r"[A-Za-z0-9]{22}_[0-9a-f]{40}", "kingfisher: circleci-personal-token, circleciproject"),
    key("buildkite-token", "bkua_", r"[a-z0-9]{40,53}", "kingfisher: buildkite-user-access-token"),
    key("sourcegraph-token", "sgp_", r"(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}", "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token; kingfisher: sourcegraph-access-token"),
    key("sonar-token", "squ_ sqp_ sqa_", r"[0-9a-f]{40}", "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/; kingfisher: sonar-api-token"),
    key("postman-key", "PMAK-", r"[0-9a-f]{24}-[0-9a-f]{34}", "kingfisher: postman-api-token"),
    key("postman-key", "PMAT-", r"[A-Z0-9]{26}", "kingfisher: postmancollectiontoken"),
    key("readme-key", "rdme_", r"[a-z0-9]{70}", "kingfisher: readme-api-token"),
    key("octopus-key", "API-", r"[A-Z0-9]{26}", "kingfisher: octopus-deploy-api-key", valid=random_looking),
    key("infracost-key", "ico-", r"[A-Za-z0-9]{32}", "kingfisher: infracost-api-token", valid=random_looking),
    key("figma-token", "figd_", r"[A-Za-z0-9_-]{38,42}", "kingfisher: figma-personal-access-token"),
]  # fmt: skip
