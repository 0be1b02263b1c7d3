// Copy to main.bicepparam. What is secret comes from the environment of whoever deploys:
//
//   export MASTER_KEY=… OPERATOR_TOKEN=…
//   az deployment group create --resource-group … --parameters main.bicepparam
using './main.bicep'

param prefix = 'recharge'
param registryName = 'exampleregistry'
param apiImage = 'recharge-grains-api:1.0.0'
param silos = [
  { name: 'silo-a', siloPort: 11111, gatewayPort: 30000, image: 'recharge-grains-silo:1.0.0' }
  { name: 'silo-b', siloPort: 11112, gatewayPort: 30001, image: 'recharge-grains-silo:1.0.0' }
]
param masterKey = readEnvironmentVariable('MASTER_KEY')
param operatorToken = readEnvironmentVariable('OPERATOR_TOKEN', '')
