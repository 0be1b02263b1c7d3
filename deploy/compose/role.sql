-- A role that owns its database and nothing else. The superuser's password is known to no program.
\getenv password DATABASE_PASSWORD
CREATE ROLE recharge_grains LOGIN PASSWORD :'password';
CREATE DATABASE recharge_grains OWNER recharge_grains;
REVOKE ALL ON DATABASE recharge_grains FROM PUBLIC;
