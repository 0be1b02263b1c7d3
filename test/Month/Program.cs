return await RechargeGrains.Month.MonthCommand.RunAsync(args);
