"""A cluster and a network on moto: network.py ENDPOINT. Prints the ids of the VPC, of two subnets, and of a security group."""
import sys

import boto3

settings = dict(endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")
ec2 = boto3.client("ec2", **settings)
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
subnets = [
    ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
    for number, zone in enumerate("ab")
]
group = ec2.create_security_group(VpcId=vpc, GroupName="web", Description="web")["GroupId"]
boto3.client("ecs", **settings).create_cluster(clusterName="default")
print(vpc, *subnets, group)
