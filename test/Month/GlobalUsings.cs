global using System.Globalization;
global using RechargeGrains.Sandbox;
