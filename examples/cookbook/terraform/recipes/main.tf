# The infrastructure of the recipes app: a project of its own, with a state of its own. docs/terraform.md shows how it is planned and applied.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
  backend "s3" {
    bucket       = "cookbook-terraform"
    key          = "recipes.tfstate"
    region       = "us-east-1"
    use_lockfile = true
  }
}

# Every resource carries the project's name: rights are scoped by it.
provider "aws" {
  region = "us-east-1"
  default_tags { tags = { Project = "recipes" } }
}

resource "aws_sqs_queue" "imports" {
  name                      = "recipes-imports"
  message_retention_seconds = 86400
}

resource "aws_s3_bucket" "photos" {
  bucket = "cookbook-recipes-photos"
}
